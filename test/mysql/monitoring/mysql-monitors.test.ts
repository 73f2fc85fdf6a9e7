import { Duration, Yaml } from 'cdk8s';
import { MySqlMetrics, MySqlMonitors, MySqlMonitorsProps } from '../../../lib';
import { testChart } from '../../util';
import { addCluster } from '../cluster';

function monitors(props: Partial<MySqlMonitorsProps> = {}): MySqlMonitors {
  const chart = testChart('data');
  return new MySqlMonitors(chart, 'monitors', { cluster: addCluster(chart, { metrics: MySqlMetrics.exporter() }), ...props });
}

describe('the monitors of a cluster', () => {
  test('are these objects', () => {
    const { probe, podMonitor } = monitors({ labels: { release: 'prometheus' } });
    expect(Yaml.stringify(probe.toJson(), podMonitor.toJson())).toMatchSnapshot();
  });

  test('read the page of facts at least as often as the exporter', () => {
    const interval = (seconds?: number) => {
      const { probe, podMonitor } = monitors(seconds === undefined ? {} : { interval: Duration.seconds(seconds) });
      const specs = [probe, podMonitor].map((object) => (object.toJson() as { spec: Record<string, unknown> }).spec);
      return [specs[0].interval, specs[0].scrapeTimeout, (specs[1].podMetricsEndpoints as { interval: string }[])[0].interval];
    };
    expect([interval(), interval(60), interval(2)]).toEqual([['30s', '10s', '5s'], ['60s', '10s', '5s'], ['2s', '2s', '2s']]);
  });

  test('refuse a cluster without metrics', () => {
    const chart = testChart('data');
    expect(() => new MySqlMonitors(chart, 'monitors', { cluster: addCluster(chart) }))
      .toThrow('[test/monitors] \'cluster\' must have metrics, got "mysql": say metrics: MySqlMetrics.exporter() in the props');
  });
});
