"""The same application as app.ts, in Python."""

import sys
from collections.abc import Callable

from cdk8s import App, Chart, Duration, Size
from cdk8s_plus_27 import EnvValue, PersistentVolumeAccessMode, k8s
from cdk8s_stateful import (
    ClaimTemplate,
    IClaimOwner,
    MySqlAccounts,
    MySqlCluster,
    MySqlDatabase,
    MySqlGrant,
    MySqlStorage,
    MySqlTopology,
    MySqlUser,
    NfsPaths,
    NfsPersistentVolumes,
    PodSecurity,
    PodVolume,
    Probe,
    StatefulWeb,
    VolumeClaim,
    VolumeMount,
    WebPort,
)
from constructs import Construct


class Web(Chart):
    def __init__(self, scope: Construct, id: str) -> None:
        super().__init__(scope, id, namespace=id)
        self.storage = StatefulWeb(
            self,
            "storage",
            image="nginx:1.9.1",
            container_name="nginx",
            service_name="nginx",
            selector_labels={"app": "nginx"},
            replicas=2,
            claims=[
                ClaimTemplate(
                    name="www",
                    mount_path="/usr/share/nginx/html",
                    size=Size.gibibytes(1),
                    access_modes=[PersistentVolumeAccessMode.READ_WRITE_ONCE],
                )
            ],
            security=PodSecurity.as_image_built(),
        )
        StatefulWeb(
            self,
            "hardened",
            image="nginx:1.29",
            ports=[WebPort(port=8080, name="http")],
            mounts=[
                VolumeMount(
                    volume=PodVolume.config_map("site", "site", items={"site": "site.conf"}, default_mode=0o440),
                    mount_path="/etc/nginx/conf.d",
                    read_only=True,
                )
            ],
            env_variables={"TZ": EnvValue.from_value("UTC")},
            readiness=Probe.http_get("/", period=Duration.seconds(5)),
            security=PodSecurity.restricted(user=20000, writable_paths=["/tmp", "/var/cache/nginx"]),
        )


class Volumes(Chart):
    def __init__(self, scope: Construct, id: str, owner: IClaimOwner) -> None:
        super().__init__(scope, id)
        self.nfs = NfsPersistentVolumes(
            self,
            "nfs",
            server="192.168.199.128",
            paths=NfsPaths.numbered("/k8s/nfs", count=4),
            name_prefix="pv",
            capacity=Size.gibibytes(1),
        )
        self.nfs.reserve_for(owner, templates=["www"])
        self.nfs.reserve_claims(
            VolumeClaim(name="backup", namespace="backup", size=Size.mebibytes(512), storage_class_name="")
        )


class Database(Chart):
    def __init__(self, scope: Construct, id: str) -> None:
        super().__init__(scope, id, namespace=id)
        self.cluster = MySqlCluster(
            self,
            "mysql",
            topology=MySqlTopology.inno_db_cluster(members=3),
            accounts=MySqlAccounts.generated(),
            storage=MySqlStorage(size=Size.gibibytes(15)),
            databases=[MySqlDatabase(name="shop")],
            users=[MySqlUser(name="shop", grants=[MySqlGrant(database="shop", privileges=["SELECT", "INSERT"])])],
        )


def require_error(expected: str, build: Callable[[], object]) -> None:
    """Mistakes must reach Python with the library's whole message."""
    try:
        build()
    except RuntimeError as error:
        if expected not in str(error):
            sys.exit(f"the message should hold\n  {expected}\nbut it is\n  {error}")
    else:
        sys.exit(f"accepted what should fail with\n  {expected}")


app = App(outdir=sys.argv[1])
storage = Web(app, "web").storage
volumes = Volumes(app, "volumes", storage)
cluster = Database(app, "database").cluster
# What the constructs answer, so that the comparison covers it.
k8s.KubeConfigMap(
    Chart(app, "answers"),
    "answers",
    metadata=k8s.ObjectMeta(name="answers"),
    data={
        "claims": " ".join(f"{claim.namespace}/{claim.name} {claim.size.to_mebibytes()}Mi" for claim in storage.claims),
        "database": f"{cluster.read_write.host}:{cluster.read_write.port}",
        "pods": " ".join(storage.pod_dns_names),
        "ports": " ".join(f"{port.name} {port.port}" for port in storage.ports),
    },
)
app.synth()

require_error(
    "[web/bad] 'replicas' must be a whole number from 0 to 2147483647, got -1: leave it out for 1",
    lambda: StatefulWeb(Chart(App(), "web"), "bad", image="nginx:1.29", replicas=-1),
)
require_error(
    "[volumes/nfs] 'paths' must make a volume for each of the 5 claims that are reserved, got 4: "
    "add 1 more, or reserve for fewer claims",
    lambda: volumes.nfs.reserve_for(storage),
)
