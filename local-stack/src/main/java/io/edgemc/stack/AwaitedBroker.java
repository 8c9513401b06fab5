package io.edgemc.stack;

import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.SmartLifecycle;

/** Makes a service wait for the broker once it is loaded, before anything of it begins to run. */
final class AwaitedBroker implements SmartLifecycle, ApplicationContextInitializer<ConfigurableApplicationContext> {
    private final BrokerStart broker;
    private volatile boolean running;

    AwaitedBroker(BrokerStart broker) {
        this.broker = broker;
    }

    @Override
    public void initialize(ConfigurableApplicationContext context) {
        context.getBeanFactory().registerSingleton("awaitedBroker", this);
    }

    @Override
    public void start() {
        broker.await();
        running = true;
    }

    @Override
    public void stop() {
        running = false;
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /** Started first of all. */
    @Override
    public int getPhase() {
        return Integer.MIN_VALUE;
    }
}
