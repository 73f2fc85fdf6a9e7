import { mkdtempSync, rmSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { App, Chart, Size, Yaml } from 'cdk8s';
import { Construct } from 'constructs';
import { ConfigFiles, Diagram, EnvFromSource, SharedClaim } from '../../lib';
import { Manifest } from '../../lib/manifests/manifest';
import { readDiagram } from '../support/mermaid';
import { DIST } from '../support/paths';
import { addVolumes, addWeb, claim, distApps, synth, testChart } from '../util';
import { picture } from './picture';

describe('the picture of a web server', () => {
  test('has its Services, pods, claims, volumes and traffic', () => {
    const app = new App();
    const chart = new Chart(app, 'shop', { namespace: 'shop' });
    const configFiles = [ConfigFiles.fromText('/etc/web', { a: 'b' })];
    const web = addWeb(chart, { replicas: 2, claims: [claim()], clientService: {}, configFiles });
    web.exposeViaIngress({ host: 'shop.example.com' });
    const client = addWeb(chart, { envFrom: [EnvFromSource.secret('payment')] }, 'client');
    web.allowFrom(client);
    client.allowTo(web);
    addVolumes(new Chart(app, 'volumes')).reserveFor(web);
    expect(Diagram.of(app).toMermaid()).toMatchSnapshot();
  });

  test('has autoscaling, a Service for each pod, routes and a shared claim', () => {
    const chart = testChart('shop');
    const uploads = new SharedClaim(chart, 'uploads', { size: Size.gibibytes(5), storageClassName: 'nfs' });
    const web = addWeb(chart, {
      mounts: [{ mountPath: '/uploads', volume: uploads.asVolume() }], clientService: {}, podServices: {},
      autoscaling: { minReplicas: 2, maxReplicas: 3 },
    });
    web.exposeViaHttpRoute({ gatewayName: 'public', hostnames: ['shop.example.com'], paths: ['/a', '/b'] });
    const { titles, edges } = picture(Diagram.of(chart));
    expect(titles).toEqual(expect.arrayContaining([
      'StatefulSet web: nginx:1.29, 2 to 3 replicas, autoscaled, port 80, budget web: 1 may be down, isolated: ingress, egress',
      'Services web-0, web-1, web-2: port 80',
      'HTTPRoute web: shop.example.com, by Gateway public',
      'Claim uploads: 5Gi ReadWriteMany',
      'StorageClass nfs: not in these objects',
    ]));
    expect(edges).toEqual(expect.arrayContaining([
      'HTTPRoute web --> Service web-client: /a, /b', 'Services web-0, web-1, web-2 --> StatefulSet web: a pod each',
      'StatefulSet web --> Claim uploads', 'Claim uploads --> StorageClass nfs',
    ]));
  });
});

describe('pictures of all folders of dist', () => {
  test.each(distApps())('%s: a flowchart without mistakes, in which every Service leads somewhere or says why not', (folder) => {
    const { nodes, edges, mistakes } = readDiagram(Diagram.fromManifests(join(DIST, folder)).toMermaid());
    expect(mistakes).toEqual([]);
    const services = [...nodes].filter(([, lines]) => lines[0].startsWith('Service '));
    const withoutEdges = services.filter(([id]) => !edges.some(({ from }) => from === id));
    expect(withoutEdges.filter(([, lines]) => !/selects nothing here|no selector|alias of/.test(lines.join()))).toEqual([]);
  });
});

describe('a picture', () => {
  const objects = (): Manifest[] => {
    const chart = testChart('shop');
    addWeb(chart, { clientService: {}, claims: [claim()] });
    addWeb(chart, {}, 'other');
    return synth(chart) as unknown as Manifest[];
  };

  test('is the same in another order of objects, and when it is rendered twice', () => {
    const there = fromObjects(objects());
    expect(fromObjects(objects().reverse())).toBe(there);
    expect(fromObjects(objects())).toBe(there);
  });

  test('of nothing says so', () => {
    expect(readDiagram(fromObjects([]))).toMatchObject({ mistakes: [], nodes: new Map([['Nothing', ['nothing to draw']]]) });
  });

  test.each([
    'a"]\nb["c', '`x`', '%%{init: {}}%%', '<script>alert(1)</script>', 'style:#quot;', 'end',
    '#9829;', '&lt;', '*a*', '\u2028', '$$x$$', '---', 'ä ö', '\\"',
  ])('has no markup of names, e.g. %j', (name) => {
    const hostile = objects().map((object) => JSON.parse(
      JSON.stringify(object).replaceAll('"web"', JSON.stringify(name)).replaceAll('"shop"', JSON.stringify(`${name} shop`)),
    ) as Manifest);
    const { mistakes, nodes } = readDiagram(fromObjects(hostile));
    expect({ mistakes, nodes: nodes.size }).toEqual({ mistakes: [], nodes: readDiagram(fromObjects(objects())).nodes.size });
  });

  test('tells objects apart whose names have the same letters', () => {
    const named = (name: string): Manifest => ({ apiVersion: 'v1', kind: 'Service', metadata: { name, namespace: 'shop' } });
    const { nodes, mistakes } = readDiagram(fromObjects([named('a-b'), named('a.b'), named('a b')]));
    expect(mistakes).toEqual([]);
    expect([...nodes.keys()]).toEqual(['Service_shop_a_b', 'Service_shop_a_b_2', 'Service_shop_a_b_3']);
  });
});

describe('an error', () => {
  test('names a construct without a chart', () => {
    const app = new App();
    expect(() => Diagram.of(new Construct(app, 'lonely')))
      .toThrow(new Error('[lonely] \'scopes\' must be charts or have charts below them, got "lonely": name the chart or the app'));
  });

  test('names a path that does not exist', () => {
    expect(() => Diagram.fromManifests('no-such-folder')).toThrow(new Error(
      '[Diagram.fromManifests] \'paths\' must be files or folders, got "no-such-folder": '
      + 'name a folder of manifests, such as cdk8s synth writes, or one of its files',
    ));
  });
});

/** The text for what a file holds. */
function fromObjects(objects: Manifest[]): string {
  const folder = mkdtempSync(join(tmpdir(), 'diagram-'));
  try {
    const file = join(folder, 'all.yaml');
    writeFileSync(file, objects.length === 0 ? '' : Yaml.stringify(...objects));
    return Diagram.fromManifests(file).toMermaid();
  } finally {
    rmSync(folder, { recursive: true });
  }
}
