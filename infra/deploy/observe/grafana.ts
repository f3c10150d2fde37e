import type {
  DataQuery,
  FieldConfig,
  Dashboard as GrafanaDashboard,
  Panel as GrafanaPanel,
  GraphFieldConfig,
  OptionsWithLegend,
  OptionsWithTooltip,
} from "@grafana/schema";

/** A dashboard. */
export interface Dashboard {
  readonly uid: string;
  readonly title: string;
  readonly panels: readonly Panel[];
}

/** A graph of some queries over time. */
export interface Panel {
  readonly title: string;
  /** The unit of the values on the graph: one of Grafana's ids for units. */
  readonly unit: string;
  /** The queries, in PromQL. */
  readonly queries: readonly string[];
  /** Whether the series are stacked. Default: no. */
  readonly stacked?: boolean;
}

/** A type of Grafana's schema, changed so that its enumerations may also be written as plain strings. */
type Written<T> = T extends string
  ? `${T}`
  : T extends readonly unknown[]
    ? { readonly [Index in keyof T]: Written<T[Index]> }
    : T extends object
      ? { readonly [Name in keyof T]: Written<T[Name]> }
      : T;

/** A panel of time series: the type that Grafana defines for panels, with the exact types of this kind of panel. */
interface TimeSeries extends Omit<Written<GrafanaPanel>, "type" | "fieldConfig" | "options" | "targets"> {
  readonly type: "timeseries";
  readonly fieldConfig: {
    readonly defaults: Omit<Written<FieldConfig>, "custom"> & { readonly custom: Written<GraphFieldConfig> };
    readonly overrides: readonly never[];
  };
  readonly options: Written<OptionsWithLegend & OptionsWithTooltip>;
  readonly targets: readonly PrometheusQuery[];
}

/** A query of a panel. Grafana's schema does not include Prometheus queries, since Prometheus is a plugin. */
interface PrometheusQuery extends Written<DataQuery> {
  /** The query, in PromQL. */
  readonly expr: string;
  /** Whether the query also requests exemplars, the traces behind histogram values. */
  readonly exemplar?: boolean;
}

/** A dashboard in Grafana's format, with time series panels only. */
interface ProvisionedDashboard extends Omit<Written<GrafanaDashboard>, "panels"> {
  readonly panels: readonly TimeSeries[];
}

/** The width of a panel in columns of Grafana's grid, which has 24: two panels fit into a row. */
const width = 12;
const height = 8;
const datasource = { type: "prometheus", uid: "prometheus" };

/** Whether a query uses a histogram's buckets, since only these have exemplars (traces). */
export const hasExemplars = (query: string) => query.includes("_bucket");

/** Converts a dashboard to the format with which Grafana is provisioned; the types are those of Grafana 12.1. */
export function toGrafana({ uid, title, panels }: Dashboard): ProvisionedDashboard {
  return {
    uid,
    title,
    tags: ["duet"],
    schemaVersion: 41,
    editable: false,
    refresh: "30s",
    time: { from: "now-1h", to: "now" },
    timezone: "browser",
    panels: panels.map(toPanel),
  };
}

function toPanel(panel: Panel, index: number): TimeSeries {
  return {
    id: index + 1,
    title: panel.title,
    type: "timeseries",
    datasource,
    gridPos: { x: (index % 2) * width, y: Math.floor(index / 2) * height, w: width, h: height },
    fieldConfig: {
      defaults: {
        unit: panel.unit,
        min: 0,
        custom: { fillOpacity: panel.stacked ? 40 : 0, stacking: { mode: panel.stacked ? "normal" : "none" } },
      },
      overrides: [],
    },
    options: {
      legend: { displayMode: "list", placement: "bottom", showLegend: true, calcs: [] },
      tooltip: { mode: "multi", sort: "none" },
    },
    targets: panel.queries.map((expr, at) => ({
      refId: String.fromCharCode(65 + at),
      datasource,
      expr,
      ...(hasExemplars(expr) && { exemplar: true }),
    })),
  };
}
