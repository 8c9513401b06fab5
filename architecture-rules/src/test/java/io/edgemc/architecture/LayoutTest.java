package io.edgemc.architecture;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;

/** The layout of the project as rules; a rule that is in the way is changed with a decision record, not worked around. */
@AnalyzeClasses(packages = "io.edgemc", importOptions = ImportOption.DoNotIncludeTests.class)
class LayoutTest {
    private static final String[] FRAMEWORKS = {
        "org.springframework..",
        "org.apache.kafka..",
        "java.sql..",
        "javax.sql..",
        "org.postgresql..",
        "io.netty..",
        "jakarta.servlet..",
        "io.fabric8.."
    };
    private static final String[] SERVICES = {
        "io.edgemc.placement..",
        "io.edgemc.mailbox..",
        "io.edgemc.summarizer..",
        "io.edgemc.c2p..",
        "io.edgemc.gateway.."
    };

    @ArchTest
    static final ArchRule THE_DOMAIN_KNOWS_NO_FRAMEWORK = noClasses()
            .that()
            .resideInAnyPackage(
                    "io.edgemc.api..",
                    "io.edgemc.placement.resolve..",
                    "io.edgemc.placement.space..",
                    "io.edgemc.placement.status..",
                    "io.edgemc.placement.desired..",
                    "io.edgemc.mailbox.report.order..",
                    "io.edgemc.c2p.normalise..",
                    "io.edgemc.c2p.state..",
                    "io.edgemc.door.access..",
                    "io.edgemc.summarizer.definition..",
                    "io.edgemc.summarizer.contribution..",
                    "io.edgemc.summarizer.expression..",
                    "io.edgemc.summarizer.delivery..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(FRAMEWORKS);

    @ArchTest
    static final ArchRule CONTRACTS_AND_SYNCER_ARE_FREE_OF_SPRING = noClasses()
            .that()
            .resideInAnyPackage("io.edgemc.api..", "io.edgemc.syncer..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.springframework..");

    @ArchTest
    static final ArchRule KUBE_REST_KNOWS_NEITHER_FRAMEWORK_NOR_MEANING = noClasses()
            .that()
            .resideInAPackage("io.edgemc.kube..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.springframework..", "org.apache.kafka..", "java.sql..", "io.edgemc.api..");

    @ArchTest
    static final ArchRule JACKSON_2_STAYS_OUT = noClasses()
            .that()
            .resideInAPackage("io.edgemc..")
            .should()
            .dependOnClassesThat(resideInAnyPackage(
                            "com.fasterxml.jackson.core..",
                            "com.fasterxml.jackson.databind..",
                            "com.fasterxml.jackson.dataformat..")
                    .as("Jackson 2, whose annotations alone are shared with Jackson 3"));

    @ArchTest
    static final ArchRule TOPICS_ARE_SPECIFIED_IN_ONE_PLACE = noClasses()
            .that()
            .resideOutsideOfPackage("io.edgemc.bus.topic..")
            .should()
            .callMethodWhere(DescribedPredicate.describe(
                    "makes a topic's specification",
                    call -> call.getTargetOwner().getFullName().equals("io.edgemc.bus.topic.TopicSpec")
                            && call.getTarget()
                                    .getRawReturnType()
                                    .getFullName()
                                    .equals("io.edgemc.bus.topic.TopicSpec")));

    @ArchTest
    static final ArchRule NO_SERVICE_IMPORTS_ANOTHER = SlicesRuleDefinition.slices()
            .matching("io.edgemc.(placement|mailbox|summarizer|c2p|gateway|syncer)..")
            .should()
            .notDependOnEachOther();

    @ArchTest
    static final ArchRule ONLY_THE_STACK_KNOWS_THE_SERVICES = noClasses()
            .that(DescribedPredicate.not(resideInAnyPackage(SERVICES))
                    .and(DescribedPredicate.not(resideInAnyPackage("io.edgemc.stack..", "io.edgemc.bench.."))))
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(SERVICES);

    @ArchTest
    static final ArchRule CONTRACTS_DEPEND_ON_NOTHING_OF_OURS = noClasses()
            .that()
            .resideInAPackage("io.edgemc.api..")
            .should()
            .dependOnClassesThat(resideInAPackage("io.edgemc..")
                    .and(DescribedPredicate.not(resideInAPackage("io.edgemc.api..")))
                    .as("other modules of the project"));

    @ArchTest
    static final ArchRule NULLS_ARE_MARKED_EVERYWHERE = classes()
            .that()
            .haveSimpleName("package-info")
            .and()
            .resideInAPackage("io.edgemc..")
            .should()
            .beAnnotatedWith("org.jspecify.annotations.NullMarked");

    @ArchTest
    static final ArchRule NO_CATCH_ALL_PACKAGES = noClasses()
            .should()
            .resideInAnyPackage(
                    "io.edgemc..util..",
                    "io.edgemc..utils..",
                    "io.edgemc..common..",
                    "io.edgemc..helper..",
                    "io.edgemc..impl..",
                    "io.edgemc..manager..");

    @ArchTest
    static final ArchRule NO_MAIN_CODE_SLEEPS = noClasses()
            .that(DescribedPredicate.not(JavaClass.Predicates.resideInAPackage("io.edgemc.bench..")))
            .should()
            .callMethod(Thread.class, "sleep", long.class)
            .orShould()
            .callMethod(Thread.class, "sleep", java.time.Duration.class);
}
