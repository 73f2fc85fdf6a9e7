import { Chart } from 'cdk8s';
import { IConfigMap } from 'kubernetes-models/v1/ConfigMap';
import { MySqlDashboards, MySqlDashboardsProps } from '../../../lib';
import { synth, testChart } from '../../util';
import { addCluster } from '../cluster';

const MIB = 1024 * 1024;

interface Model {
  readonly uid: string;
  readonly title: string;
  readonly templating: { readonly list: { readonly name: string; readonly current?: object }[] };
}

function render(props?: MySqlDashboardsProps): IConfigMap[] {
  const chart = testChart('monitoring');
  new MySqlDashboards(chart, 'mysql', props);
  return synth(chart) as unknown as IConfigMap[];
}

function modelIn({ data }: IConfigMap): Model {
  return JSON.parse(Object.values(data!)[0]) as Model;
}

function variable(config: IConfigMap, name: string) {
  return modelIn(config).templating.list.find((one) => one.name === name);
}

describe('MySqlDashboards', () => {
  test('renders a ConfigMap for each dashboard, with the label of the sidecar', () => {
    const objects = render();
    expect(objects.map(({ metadata }) => metadata!.name)).toEqual(['mysql-cluster', 'mysql-server', 'mysql-backups']);
    for (const { metadata, data } of objects) {
      expect(metadata!.labels).toEqual({
        'app.kubernetes.io/component': 'dashboard', 'app.kubernetes.io/managed-by': 'cdk8s', 'app.kubernetes.io/name': metadata!.name,
        grafana_dashboard: '1',
      });
      expect(Object.keys(data!)).toEqual([`${metadata!.name}.json`]);
    }
    expect(objects.map((object) => modelIn(object).title)).toEqual(['MySQL cluster', 'MySQL server', 'MySQL backups']);
  });

  test('keeps each ConfigMap far below the size that Kubernetes allows', () => {
    expect(render().map((object) => Buffer.byteLength(JSON.stringify(object))).filter((bytes) => bytes > MIB / 4)).toEqual([]);
  });

  test('keeps Flux and Helm from replacing the variables of Grafana', () => {
    for (const { metadata, data } of render()) {
      expect(Object.values(data!)[0]).toContain('${datasource}');
      expect(Object.values(data!)[0]).not.toContain('{{');
      expect(metadata!.annotations).toEqual({ 'kustomize.toolkit.fluxcd.io/substitute': 'disabled' });
    }
  });

  test('keeps the names of series', () => {
    expect(JSON.stringify(modelIn(render()[0]))).toContain('{{member}}');
  });

  test('takes labels, a folder and its annotation, and names', () => {
    const [{ metadata }] = render({ name: 'db', labels: { dashboards: 'shop' }, folder: 'My SQL', folderAnnotation: 'example.com/folder' });
    expect(metadata).toMatchObject({
      name: 'db-cluster', labels: { dashboards: 'shop' }, annotations: { 'example.com/folder': 'My SQL' },
    });
    expect(metadata!.labels).not.toHaveProperty('grafana_dashboard');
    expect(render({ folder: 'MySQL' })[0].metadata!.annotations).toMatchObject({ grafana_folder: 'MySQL' });
  });

  test('makes a set of its own for a cluster, which is shown first', () => {
    const chart = testChart('shop');
    const cluster = addCluster(chart);
    const { configMaps } = new MySqlDashboards(new Chart(chart, 'dashboards'), 'mysql', { cluster });
    const objects = configMaps.map((configMap) => configMap.toJson() as IConfigMap);
    for (const object of objects) {
      expect(variable(object, 'cluster')).toMatchObject({ current: { text: 'shop/mysql', value: 'shop/mysql' } });
      expect(modelIn(object).uid).toMatch(/^[\w-]{1,40}$/);
    }
    expect(objects.flatMap(({ data }) => Object.keys(data!))).toEqual([
      'shop-mysql-cluster.json', 'shop-mysql-server.json', 'shop-mysql-backups.json',
    ]);
    expect(objects.map((object) => modelIn(object).title)).toEqual([
      'MySQL cluster shop/mysql', 'MySQL server shop/mysql', 'MySQL backups shop/mysql',
    ]);
    const uids = [...objects, ...render()].map((object) => modelIn(object).uid);
    expect(new Set(uids).size).toBe(6);
    expect(variable(render()[0], 'cluster')).not.toHaveProperty('current');
  });

  test('is rendered the same each time', () => {
    expect(render()).toEqual(render());
  });

  const NAME_FIX = 'use lower-case letters, digits, hyphens and dots, with a letter or digit at both ends of each part';
  test.each<[string, MySqlDashboardsProps, string]>([
    ['a name that is none', { name: 'My SQL' }, `'name' must be a DNS name of at most 253 characters, got "My SQL-cluster": ${NAME_FIX}`],
    ['a label that is none', { labels: { a: ' ' } },
      `'labels' must be labels as Kubernetes allows them, got {"a":" "}: use at most 63 letters, digits, "-", "_" and ".", `
      + 'a letter or digit at both ends; a key may have a DNS name and "/" in front'],
    ['an empty folder', { folder: '' },
      `'folder' must be a text without blanks around it, got "": leave it out for the folder of Grafana`],
    ['an annotation that is none', { folder: 'a', folderAnnotation: 'a b' },
      `'folderAnnotation' must be a name of at most 63 letters, digits, "-", "_" and ".", with or without a DNS name and "/" in front, `
      + 'got "a b": write the one that the sidecar was given'],
  ])('refuses %s', (_, props, message) => {
    expect(() => render(props)).toThrow(new Error(`[test/mysql] ${message}`));
  });

  test('refuses two sets of one name, and a cluster whose namespace is not known', () => {
    const chart = testChart('monitoring');
    new MySqlDashboards(chart, 'mysql');
    expect(() => new MySqlDashboards(chart, 'again', { name: 'mysql' })).toThrow(new Error(
      `[test/again] 'name' must be a ConfigMap name that no other construct of namespace monitoring renders, got "mysql-cluster": `
      + `'test/mysql' renders it already; give each its own name`,
    ));
    const cluster = addCluster(testChart());
    expect(() => render({ cluster })).toThrow(new Error(
      `[test/mysql] 'cluster' must be in a chart that names its namespace, got "mysql": set the namespace of its chart, or leave the cluster out`,
    ));
  });
});
