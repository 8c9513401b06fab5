package io.edgemc.bench;

import io.edgemc.bench.kill.KillBenchmark;
import io.edgemc.bench.kube.KubeBenchmark;
import io.edgemc.bench.latency.BurstBenchmark;
import io.edgemc.bench.latency.ColdStartBenchmark;
import io.edgemc.bench.latency.WriteToEdgeBenchmark;
import io.edgemc.bench.measure.Machine;
import io.edgemc.bench.measure.Row;
import io.edgemc.bench.scale.CreatesBenchmark;
import io.edgemc.bench.scale.FleetBenchmark;
import io.edgemc.bench.scale.RestartBenchmark;
import io.edgemc.bench.scale.ResyncBenchmark;
import java.util.List;

/** {@code BenchMain [NAME]}: runs a benchmark and prints its rows as a Markdown table, or lists all. */
public final class BenchMain {
    private static final List<Benchmark> ALL = List.of(
            new WriteToEdgeBenchmark(),
            new BurstBenchmark(),
            new ColdStartBenchmark(),
            new CreatesBenchmark(),
            new FleetBenchmark(),
            new RestartBenchmark(),
            new KillBenchmark(),
            new ResyncBenchmark(),
            new KubeBenchmark());

    private BenchMain() {}

    public static void main(String[] args) {
        if (args.length == 0) {
            ALL.forEach(benchmark -> System.out.printf("%-14s %s%n", benchmark.name(), benchmark.about()));
            return;
        }
        Benchmark benchmark = ALL.stream()
                .filter(candidate -> candidate.name().equals(args[0]))
                .findFirst()
                .orElse(null);
        if (benchmark == null) {
            System.err.println("edge-mc: there is no benchmark " + args[0] + "; the list is: edge-mc bench");
            System.exit(2);
            return;
        }
        String before = Machine.load();
        List<Row> rows = benchmark.run(List.of(args).subList(1, args.length));
        System.out.println();
        System.out.println("`./edge-mc bench " + benchmark.name() + "` on " + Machine.describe() + "; load before "
                + before + ", after " + Machine.load());
        System.out.println();
        System.out.println("| # | what | aim | measured |");
        System.out.println("|---|---|---|---|");
        rows.forEach(row -> System.out.println(row.markdown()));
        // Virtual threads of simulated edges may still be parked.
        System.exit(0);
    }
}
