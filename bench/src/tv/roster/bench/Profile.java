package tv.roster.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// A profile of the server's CPU time and memory under one workload, by JDK Flight Recorder.
final class Profile {
    private static final List<String> VIEWS = List.of(
            "cpu-time-hot-methods",
            "hot-methods",
            "allocation-by-site",
            "allocation-by-class",
            "gc-pauses",
            "pinned-threads");
    private static final int GRACE_SECONDS = 120;

    private Profile() {}

    static void take(Stage stage, Workload workload) throws IOException, InterruptedException, SQLException {
        var options = stage.options();
        var recording = stage.folder().resolve(workload.word() + ".jfr");
        run(stage, workload, options.warmup());
        jcmd(stage, "JFR.start", "name=bench", "settings=profile", "jdk.CPUTimeSample#enabled=true");
        run(stage, workload, options.seconds());
        jcmd(stage, "JFR.stop", "name=bench", "filename=" + recording);
        for (var view : VIEWS) {
            System.out.println(tool(
                    stage, "jfr", "view", "--width", "150", "--truncate", "beginning", view, recording.toString()));
        }
        Bench.say("The recording: " + recording);
    }

    private static void run(Stage stage, Workload workload, int seconds)
            throws IOException, InterruptedException, SQLException {
        if (seconds == 0) {
            return;
        }
        long run = Bench.nextRun();
        if (workload.needsVictims()) {
            stage.addVictims(20_000L * seconds, run);
        }
        var result = stage.wrk().run(workload, run, stage.options().connections(), seconds);
        Bench.say(workload.title() + ": " + Math.round(result.perSecond()) + "/s");
    }

    private static void jcmd(Stage stage, String... words) throws IOException, InterruptedException {
        var all = new ArrayList<>(List.of("jcmd", String.valueOf(stage.server().pid())));
        all.addAll(List.of(words));
        tool(stage, all.toArray(String[]::new));
    }

    private static String tool(Stage stage, String... words) throws IOException, InterruptedException {
        words[0] = Path.of(System.getProperty("java.home"), "bin", words[0]).toString();
        return Commands.run(List.of(words), Map.of(), stage.folder(), GRACE_SECONDS);
    }
}
