// The same application as app.ts, in Go.
package main

import (
	"fmt"
	"os"
	"strings"

	"github.com/aws/constructs-go/constructs/v10"
	"github.com/aws/jsii-runtime-go"
	"github.com/cdk8s-stateful/cdk8s-stateful-go/cdk8sstateful"
	"github.com/cdk8s-team/cdk8s-core-go/cdk8s/v2"
	"github.com/cdk8s-team/cdk8s-plus-go/cdk8splus27/v2"
	"github.com/cdk8s-team/cdk8s-plus-go/cdk8splus27/v2/k8s"
)

func newWeb(scope constructs.Construct, id string) cdk8sstateful.StatefulWeb {
	chart := cdk8s.NewChart(scope, &id, &cdk8s.ChartProps{Namespace: &id})
	storage := cdk8sstateful.NewStatefulWeb(chart, jsii.String("storage"), &cdk8sstateful.StatefulWebProps{
		Image:          jsii.String("nginx:1.9.1"),
		ContainerName:  jsii.String("nginx"),
		ServiceName:    jsii.String("nginx"),
		SelectorLabels: &map[string]*string{"app": jsii.String("nginx")},
		Replicas:       jsii.Number(2),
		Claims: &[]*cdk8sstateful.ClaimTemplate{{
			Name:        jsii.String("www"),
			MountPath:   jsii.String("/usr/share/nginx/html"),
			Size:        cdk8s.Size_Gibibytes(jsii.Number(1)),
			AccessModes: &[]cdk8splus27.PersistentVolumeAccessMode{cdk8splus27.PersistentVolumeAccessMode_READ_WRITE_ONCE},
		}},
		Security: cdk8sstateful.PodSecurity_AsImageBuilt(),
	})
	cdk8sstateful.NewStatefulWeb(chart, jsii.String("hardened"), &cdk8sstateful.StatefulWebProps{
		Image: jsii.String("nginx:1.29"),
		Ports: &[]*cdk8sstateful.WebPort{{Port: jsii.Number(8080), Name: jsii.String("http")}},
		Mounts: &[]*cdk8sstateful.VolumeMount{{
			Volume: cdk8sstateful.PodVolume_ConfigMap(jsii.String("site"), jsii.String("site"), &cdk8sstateful.KeyFilesOptions{
				Items:       &map[string]*string{"site": jsii.String("site.conf")},
				DefaultMode: jsii.Number(0o440),
			}),
			MountPath: jsii.String("/etc/nginx/conf.d"),
			ReadOnly:  jsii.Bool(true),
		}},
		EnvVariables: &map[string]cdk8splus27.EnvValue{"TZ": cdk8splus27.EnvValue_FromValue(jsii.String("UTC"))},
		Readiness:    cdk8sstateful.Probe_HttpGet(jsii.String("/"), &cdk8sstateful.ProbeOptions{Period: cdk8s.Duration_Seconds(jsii.Number(5))}),
		Security: cdk8sstateful.PodSecurity_Restricted(&cdk8sstateful.RestrictedPodSecurityOptions{
			User:          jsii.Number(20000),
			WritablePaths: jsii.Strings("/tmp", "/var/cache/nginx"),
		}),
	})
	return storage
}

func newVolumes(scope constructs.Construct, id string, owner cdk8sstateful.IClaimOwner) cdk8sstateful.NfsPersistentVolumes {
	volumes := cdk8sstateful.NewNfsPersistentVolumes(cdk8s.NewChart(scope, &id, nil), jsii.String("nfs"), &cdk8sstateful.NfsPersistentVolumesProps{
		Server:     jsii.String("192.168.199.128"),
		Paths:      cdk8sstateful.NfsPaths_Numbered(jsii.String("/k8s/nfs"), &cdk8sstateful.NumberedPathsOptions{Count: jsii.Number(4)}),
		NamePrefix: jsii.String("pv"),
		Capacity:   cdk8s.Size_Gibibytes(jsii.Number(1)),
	})
	volumes.ReserveFor(owner, &cdk8sstateful.ReserveOptions{Templates: jsii.Strings("www")})
	volumes.ReserveClaims(cdk8sstateful.NewVolumeClaim(&cdk8sstateful.VolumeClaimProps{
		Name:             jsii.String("backup"),
		Namespace:        jsii.String("backup"),
		Size:             cdk8s.Size_Mebibytes(jsii.Number(512)),
		StorageClassName: jsii.String(""),
	}))
	return volumes
}

func newDatabase(scope constructs.Construct, id string) cdk8sstateful.MySqlCluster {
	chart := cdk8s.NewChart(scope, &id, &cdk8s.ChartProps{Namespace: &id})
	return cdk8sstateful.NewMySqlCluster(chart, jsii.String("mysql"), &cdk8sstateful.MySqlClusterProps{
		Topology:  cdk8sstateful.MySqlTopology_InnoDbCluster(&cdk8sstateful.InnoDbClusterOptions{Members: jsii.Number(3)}),
		Accounts:  cdk8sstateful.MySqlAccounts_Generated(nil),
		Storage:   &cdk8sstateful.MySqlStorage{Size: cdk8s.Size_Gibibytes(jsii.Number(15))},
		Databases: &[]*cdk8sstateful.MySqlDatabase{{Name: jsii.String("shop")}},
		Users: &[]*cdk8sstateful.MySqlUser{{
			Name:   jsii.String("shop"),
			Grants: &[]*cdk8sstateful.MySqlGrant{{Database: jsii.String("shop"), Privileges: jsii.Strings("SELECT", "INSERT")}},
		}},
	})
}

// requireError: mistakes must reach Go with the library's whole message.
func requireError(expected string, build func()) {
	defer func() {
		if message := fmt.Sprint(recover()); !strings.Contains(message, expected) {
			fmt.Fprintf(os.Stderr, "should fail with\n  %s\nbut it is\n  %s\n", expected, message)
			os.Exit(1)
		}
	}()
	build()
}

func main() {
	defer jsii.Close()
	if os.Args[1] == "examples" { // those of docs/languages.md
		examples(os.Args[2])
		return
	}
	app := cdk8s.NewApp(&cdk8s.AppProps{Outdir: &os.Args[1]})
	storage := newWeb(app, "web")
	volumes := newVolumes(app, "volumes", storage)
	cluster := newDatabase(app, "database")

	// What the constructs answer, so that the comparison covers it.
	var pods, claims, ports []string
	for _, name := range *storage.PodDnsNames() {
		pods = append(pods, *name)
	}
	for _, claim := range *storage.Claims() {
		claims = append(claims, fmt.Sprintf("%s/%s %vMi", *claim.Namespace(), *claim.Name(), *claim.Size().ToMebibytes(nil)))
	}
	for _, port := range *storage.Ports() {
		ports = append(ports, fmt.Sprintf("%s %v", *port.Name, *port.Port))
	}
	k8s.NewKubeConfigMap(cdk8s.NewChart(app, jsii.String("answers"), nil), jsii.String("answers"), &k8s.KubeConfigMapProps{
		Metadata: &k8s.ObjectMeta{Name: jsii.String("answers")},
		Data: &map[string]*string{
			"claims":   jsii.String(strings.Join(claims, " ")),
			"database": jsii.String(fmt.Sprintf("%s:%v", *cluster.ReadWrite().Host, *cluster.ReadWrite().Port)),
			"pods":     jsii.String(strings.Join(pods, " ")),
			"ports":    jsii.String(strings.Join(ports, " ")),
		},
	})
	app.Synth()

	requireError("[web/bad] 'replicas' must be a whole number from 0 to 2147483647, got -1: leave it out for 1", func() {
		cdk8sstateful.NewStatefulWeb(cdk8s.NewChart(cdk8s.NewApp(nil), jsii.String("web"), nil), jsii.String("bad"),
			&cdk8sstateful.StatefulWebProps{Image: jsii.String("nginx:1.29"), Replicas: jsii.Number(-1)})
	})
	requireError("[volumes/nfs] 'paths' must make a volume for each of the 5 claims that are reserved, got 4: "+
		"add 1 more, or reserve for fewer claims", func() { volumes.ReserveFor(storage, nil) })
}
