import { stringify } from 'yaml';
import { StatefulWebAlerts } from '../../lib';
import { addWeb, claim, testChart } from '../util';
import { CASES, HEALTHY, WebAlertCase } from '../web/alert-cases';

const RULES = 'web-rules.yaml';
const GUIDE = 'https://github.com/cdk8s-stateful/cdk8s-stateful/blob/main/docs/stateful-web.md';
const BEFORE = 9; // minutes

/** The file of all alerts on a web, and those of the tests of promtool, a file for each alert. */
export function webPromtoolFiles(): { readonly rules: Record<string, string>; readonly tests: Record<string, string> } {
  const chart = testChart('shop');
  const web = addWeb(chart, { replicas: 2, claims: [claim()] });
  web.addPodMonitor();
  const { prometheusRule, alertNames } = new StatefulWebAlerts(chart, 'alerts', {
    web, requests: { metric: 'nginx_requests_total', statusLabel: 'status' }, kubeStateMetrics: true, volumeStats: true,
  });
  const { spec } = prometheusRule.toJson() as { spec: object };
  return {
    rules: { [RULES]: stringify(spec) },
    tests: Object.fromEntries(CASES.map((one) => [`web-test-${one.alert}.yaml`, stringify(testsOf(one, alertNames))])),
  };
}

function testsOf(one: WebAlertCase, all: string[]): object {
  const { alert, fires, implies = [], labels, severity, summary } = one;
  const input = (changes: Record<string, string>) => (
    Object.entries({ ...HEALTHY, ...changes }).map(([series, values]) => ({ series, values }))
  );
  const quiet = (minute: number, names: string[]) => names.map((alertname) => ({ eval_time: `${minute}m`, alertname, exp_alerts: [] }));
  return {
    rule_files: [RULES],
    evaluation_interval: '1m',
    tests: [
      {
        name: `${alert} fires, nothing else does that it does not imply, and it resolves`,
        interval: '1m',
        input_series: input(one.fault),
        alert_rule_test: [
          ...quiet(BEFORE, all),
          {
            eval_time: `${fires}m`,
            alertname: alert,
            exp_alerts: [{
              exp_labels: { namespace: 'shop', web: 'web', ...labels, severity },
              exp_annotations: { summary, runbook_url: `${GUIDE}#${alert.toLowerCase()}` },
            }],
          },
          ...quiet(fires, all.filter((name) => ![alert, ...implies].includes(name))),
          ...quiet(one.resolved, all),
        ],
      },
      {
        name: `${alert} does not fire on what only looks like it`,
        interval: '1m',
        input_series: input(one.twin),
        alert_rule_test: [...Array(90).keys()].flatMap((minute) => quiet(minute, [alert])),
      },
    ],
  };
}
