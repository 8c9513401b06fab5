package io.edgemc.summarizer.rest;

import io.edgemc.summarizer.contribution.DefinitionSet;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class RestConfiguration {
    @Bean
    Catalogue catalogue(DefinitionSet definitions) {
        return new Catalogue(definitions);
    }
}
