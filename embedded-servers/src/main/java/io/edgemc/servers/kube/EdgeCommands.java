package io.edgemc.servers.kube;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The command lines of an edge's processes: small, on 127.0.0.1, with authentication everywhere. */
final class EdgeCommands {
    /** Of the Service `kubernetes`, the first of the range below. */
    static final String SERVICE_ADDRESS = "10.96.0.1";

    private static final String SERVICE_RANGE = "10.96.0.0/16";

    /** Two edges run beside a hub on two cores: less memory for a little more garbage collection. */
    static final Map<String, String> SMALL_GO = Map.of("GOGC", "50", "GOMAXPROCS", "2");

    /**
     * What makes workloads look as on a real cluster up to the point where a node would be needed: Deployments get
     * ReplicaSets and those get Pods, which stay pending; namespaces finish deleting; owners take their children along.
     */
    private static final List<String> CONTROLLERS = List.of(
            "namespace-controller",
            "garbage-collector-controller",
            "serviceaccount-controller",
            "serviceaccount-token-controller",
            "root-ca-certificate-publisher-controller",
            "clusterrole-aggregation-controller",
            "resourcequota-controller",
            "deployment-controller",
            "replicaset-controller",
            "statefulset-controller",
            "daemonset-controller",
            "job-controller",
            "cronjob-controller");

    /** The default plugins that look at what an object says; only NamespaceLifecycle is left. */
    private static final List<String> ADMISSION_BY_CONTENT = List.of(
            "LimitRanger",
            "ServiceAccount",
            "TaintNodesByCondition",
            "PodSecurity",
            "Priority",
            "DefaultTolerationSeconds",
            "DefaultStorageClass",
            "StorageObjectInUseProtection",
            "PodGroupProtection",
            "PersistentVolumeClaimResize",
            "RuntimeClass",
            "CertificateApproval",
            "CertificateSigning",
            "ClusterTrustBundleAttest",
            "CertificateSubjectRestriction",
            "DefaultIngressClass",
            "PodTopologyLabels",
            "PodGroupWorkloadExists",
            "NodeDeclaredFeatureValidator",
            "JobValidation",
            "PodResizeValidator",
            "MutatingAdmissionPolicy",
            "MutatingAdmissionWebhook",
            "ValidatingAdmissionPolicy",
            "ValidatingAdmissionWebhook",
            "ResourceQuota");

    private final KubeBinaries binaries;
    private final EdgePki pki;
    private final LocalEdgeOptions options;

    EdgeCommands(KubeBinaries binaries, EdgePki pki, LocalEdgeOptions options) {
        this.binaries = binaries;
        this.pki = pki;
        this.options = options;
    }

    List<String> etcd(int clientPort, int peerPort) {
        String client = "https://127.0.0.1:" + clientPort;
        String peer = "https://127.0.0.1:" + peerPort;
        List<String> line = new ArrayList<>(List.of(
                binaries.etcd().toString(),
                "--name=edge",
                "--data-dir=" + options.directory().resolve("etcd"),
                "--listen-client-urls=" + client,
                "--advertise-client-urls=" + client,
                "--listen-peer-urls=" + peer,
                "--initial-advertise-peer-urls=" + peer,
                "--initial-cluster=edge=" + peer,
                "--cert-file=" + pki.certificate("etcd"),
                "--key-file=" + pki.key("etcd"),
                "--trusted-ca-file=" + pki.certificate("etcd-ca"),
                "--client-cert-auth",
                "--peer-cert-file=" + pki.certificate("etcd"),
                "--peer-key-file=" + pki.key("etcd"),
                "--peer-trusted-ca-file=" + pki.certificate("etcd-ca"),
                "--peer-client-cert-auth",
                // Its only member need not wait long to be elected; still shorter costs CPU all day.
                "--heartbeat-interval=50",
                "--election-timeout=250",
                "--snapshot-count=5000",
                "--log-level=warn"));
        if (options.durability() == LocalEdgeOptions.Durability.FAST) {
            line.add("--unsafe-no-fsync");
        }
        return line;
    }

    List<String> apiServer(int port, int etcdPort) {
        List<String> line = new ArrayList<>(List.of(
                binaries.apiServer().toString(),
                "--bind-address=127.0.0.1",
                "--advertise-address=127.0.0.1",
                "--secure-port=" + port,
                "--permit-address-sharing",
                "--endpoint-reconciler-type=none",
                "--etcd-servers=https://127.0.0.1:" + etcdPort,
                "--etcd-cafile=" + pki.certificate("etcd-ca"),
                "--etcd-certfile=" + pki.certificate("etcd-client"),
                "--etcd-keyfile=" + pki.key("etcd-client"),
                "--tls-cert-file=" + pki.certificate("apiserver"),
                "--tls-private-key-file=" + pki.key("apiserver"),
                "--client-ca-file=" + pki.certificate("cluster-ca"),
                "--anonymous-auth=false",
                "--authorization-mode=RBAC",
                "--service-account-issuer=https://kubernetes.default.svc",
                "--service-account-key-file=" + pki.certificate("service-accounts"),
                "--service-account-signing-key-file=" + pki.key("service-accounts"),
                "--service-cluster-ip-range=" + SERVICE_RANGE,
                "--disable-admission-plugins=" + String.join(",", unwantedAdmission()),
                "--enable-priority-and-fairness=false",
                "--profiling=false",
                "--etcd-count-metric-poll-period=0",
                "--etcd-db-metric-poll-interval=0",
                "--event-ttl=10m",
                "--v=0"));
        if (options.audited()) {
            line.addAll(EdgeAudit.inFolder(options.directory()).flags());
        }
        return line;
    }

    private List<String> unwantedAdmission() {
        return switch (options.extent()) {
            // Its finalizer is removed by a controller that watches which nodes use a volume; there are none.
            case CLUSTER -> List.of("StorageObjectInUseProtection");
            case API_ALONE -> ADMISSION_BY_CONTENT;
        };
    }

    List<String> controllerManager(Path kubeconfig) {
        return List.of(
                binaries.controllerManager().toString(),
                "--kubeconfig=" + kubeconfig,
                "--leader-elect=false",
                "--secure-port=0",
                "--controllers=" + String.join(",", CONTROLLERS),
                "--root-ca-file=" + pki.certificate("cluster-ca"),
                "--service-account-private-key-file=" + pki.key("service-accounts"),
                "--kube-api-qps=200",
                "--kube-api-burst=400",
                "--profiling=false",
                "--v=0");
    }
}
