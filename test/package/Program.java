import io.github.cdk8s_stateful.ClaimTemplate;
import io.github.cdk8s_stateful.IClaimOwner;
import io.github.cdk8s_stateful.InnoDbClusterOptions;
import io.github.cdk8s_stateful.KeyFilesOptions;
import io.github.cdk8s_stateful.MySqlAccounts;
import io.github.cdk8s_stateful.MySqlCluster;
import io.github.cdk8s_stateful.MySqlDatabase;
import io.github.cdk8s_stateful.MySqlGrant;
import io.github.cdk8s_stateful.MySqlStorage;
import io.github.cdk8s_stateful.MySqlTopology;
import io.github.cdk8s_stateful.MySqlUser;
import io.github.cdk8s_stateful.NfsPaths;
import io.github.cdk8s_stateful.NfsPersistentVolumes;
import io.github.cdk8s_stateful.NumberedPathsOptions;
import io.github.cdk8s_stateful.PodSecurity;
import io.github.cdk8s_stateful.PodVolume;
import io.github.cdk8s_stateful.Probe;
import io.github.cdk8s_stateful.ProbeOptions;
import io.github.cdk8s_stateful.ReserveOptions;
import io.github.cdk8s_stateful.RestrictedPodSecurityOptions;
import io.github.cdk8s_stateful.StatefulWeb;
import io.github.cdk8s_stateful.VolumeClaim;
import io.github.cdk8s_stateful.VolumeMount;
import io.github.cdk8s_stateful.WebPort;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.cdk8s.App;
import org.cdk8s.AppProps;
import org.cdk8s.Chart;
import org.cdk8s.ChartProps;
import org.cdk8s.Duration;
import org.cdk8s.Size;
import org.cdk8s.plus27.EnvValue;
import org.cdk8s.plus27.PersistentVolumeAccessMode;
import org.cdk8s.plus27.k8s.KubeConfigMap;
import org.cdk8s.plus27.k8s.ObjectMeta;
import software.constructs.Construct;

/** The same application as app.ts, in Java. */
public final class Program {
    static final class Web extends Chart {
        final StatefulWeb storage;

        Web(Construct scope, String id) {
            super(scope, id, ChartProps.builder().namespace(id).build());
            storage = StatefulWeb.Builder.create(this, "storage")
                    .image("nginx:1.9.1")
                    .containerName("nginx")
                    .serviceName("nginx")
                    .selectorLabels(Map.of("app", "nginx"))
                    .replicas(2)
                    .claims(List.of(ClaimTemplate.builder()
                            .name("www")
                            .mountPath("/usr/share/nginx/html")
                            .size(Size.gibibytes(1))
                            .accessModes(List.of(PersistentVolumeAccessMode.READ_WRITE_ONCE))
                            .build()))
                    .security(PodSecurity.asImageBuilt())
                    .build();
            StatefulWeb.Builder.create(this, "hardened")
                    .image("nginx:1.29")
                    .ports(List.of(WebPort.builder().port(8080).name("http").build()))
                    .mounts(List.of(VolumeMount.builder()
                            .volume(PodVolume.configMap("site", "site",
                                    KeyFilesOptions.builder().items(Map.of("site", "site.conf")).defaultMode(0440).build()))
                            .mountPath("/etc/nginx/conf.d")
                            .readOnly(true)
                            .build()))
                    .envVariables(Map.of("TZ", EnvValue.fromValue("UTC")))
                    .readiness(Probe.httpGet("/", ProbeOptions.builder().period(Duration.seconds(5)).build()))
                    .security(PodSecurity.restricted(RestrictedPodSecurityOptions.builder()
                            .user(20000)
                            .writablePaths(List.of("/tmp", "/var/cache/nginx"))
                            .build()))
                    .build();
        }
    }

    static final class Volumes extends Chart {
        final NfsPersistentVolumes nfs;

        Volumes(Construct scope, String id, IClaimOwner owner) {
            super(scope, id);
            nfs = NfsPersistentVolumes.Builder.create(this, "nfs")
                    .server("192.168.199.128")
                    .paths(NfsPaths.numbered("/k8s/nfs", NumberedPathsOptions.builder().count(4).build()))
                    .namePrefix("pv")
                    .capacity(Size.gibibytes(1))
                    .build();
            nfs.reserveFor(owner, ReserveOptions.builder().templates(List.of("www")).build());
            nfs.reserveClaims(VolumeClaim.Builder.create()
                    .name("backup")
                    .namespace("backup")
                    .size(Size.mebibytes(512))
                    .storageClassName("")
                    .build());
        }
    }

    static final class Database extends Chart {
        final MySqlCluster cluster;

        Database(Construct scope, String id) {
            super(scope, id, ChartProps.builder().namespace(id).build());
            cluster = MySqlCluster.Builder.create(this, "mysql")
                    .topology(MySqlTopology.innoDbCluster(InnoDbClusterOptions.builder().members(3).build()))
                    .accounts(MySqlAccounts.generated())
                    .storage(MySqlStorage.builder().size(Size.gibibytes(15)).build())
                    .databases(List.of(MySqlDatabase.builder().name("shop").build()))
                    .users(List.of(MySqlUser.builder()
                            .name("shop")
                            .grants(List.of(MySqlGrant.builder().database("shop").privileges(List.of("SELECT", "INSERT")).build()))
                            .build()))
                    .build();
        }
    }

    /** Mistakes must reach Java with the library's whole message. */
    static void requireError(String expected, Runnable build) {
        try {
            build.run();
        } catch (RuntimeException error) {
            if (!String.valueOf(error.getMessage()).contains(expected)) {
                throw new AssertionError("the message should hold\n  " + expected + "\nbut it is\n  " + error.getMessage());
            }
            return;
        }
        throw new AssertionError("accepted what should fail with\n  " + expected);
    }

    public static void main(String[] args) {
        App app = new App(AppProps.builder().outdir(args[0]).build());
        StatefulWeb storage = new Web(app, "web").storage;
        NfsPersistentVolumes nfs = new Volumes(app, "volumes", storage).nfs;
        MySqlCluster cluster = new Database(app, "database").cluster;
        // What the constructs answer, so that the comparison covers it.
        Map<String, String> answers = new TreeMap<>();
        answers.put("claims", storage.getClaims().stream()
                .map(claim -> claim.getNamespace() + "/" + claim.getName() + " " + claim.getSize().toMebibytes() + "Mi")
                .collect(Collectors.joining(" ")));
        answers.put("database", cluster.getReadWrite().getHost() + ":" + cluster.getReadWrite().getPort());
        answers.put("pods", String.join(" ", storage.getPodDnsNames()));
        answers.put("ports", storage.getPorts().stream()
                .map(port -> port.getName() + " " + port.getPort())
                .collect(Collectors.joining(" ")));
        KubeConfigMap.Builder.create(new Chart(app, "answers"), "answers")
                .metadata(ObjectMeta.builder().name("answers").build())
                .data(answers)
                .build();
        app.synth();

        requireError("[web/bad] 'replicas' must be a whole number from 0 to 2147483647, got -1: leave it out for 1",
                () -> StatefulWeb.Builder.create(new Chart(new App(), "web"), "bad").image("nginx:1.29").replicas(-1).build());
        requireError("[volumes/nfs] 'paths' must make a volume for each of the 5 claims that are reserved, got 4: "
                + "add 1 more, or reserve for fewer claims", () -> nfs.reserveFor(storage));
    }
}
