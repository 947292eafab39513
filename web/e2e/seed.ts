// Data for journeys, made through the API as any client would.
import type { APIRequestContext } from "@playwright/test";

/** Makes data in one project. */
export class Seed {
  readonly #request: APIRequestContext;
  readonly #server: string;
  readonly project: string;

  constructor(request: APIRequestContext, server: string, project: string) {
    this.#request = request;
    this.#server = server;
    this.project = project;
  }

  /** Makes the project itself. */
  async createProject(name = this.project, description?: string): Promise<void> {
    await this.post("projects", {
      name,
      kind: "project",
      metadata: { name, ...(description !== undefined && { description }) },
    });
  }

  /** Makes a version of a python function that greets, or that holds the code given. */
  async createFunction(
    name: string,
    more: { labels?: string[]; mark?: number; code?: string } = {},
  ): Promise<{ id: string }> {
    const code = more.code ?? `def main(context, who: str = "you"):\n    return f"hello {who} ${more.mark ?? 1}"\n`;
    return this.post(`-/${this.project}/functions`, {
      name,
      kind: "python",
      metadata: { name, labels: more.labels ?? [] },
      spec: {
        python_version: "PYTHON3_11",
        source: { base64: Buffer.from(code).toString("base64"), handler: "main", lang: "python" },
      },
    });
  }

  /** Makes versions 1 to count of a function, oldest first, and gives their ids. */
  async createVersions(name: string, count: number, labels: string[] = []): Promise<string[]> {
    const ids: string[] = [];
    for (let mark = 1; mark <= count; mark++) ids.push((await this.createFunction(name, { labels, mark })).id);
    return ids;
  }

  /** Really executes a version of a function and waits for the end of its run. */
  async run(name: string, id: string, spec: object = {}): Promise<{ id: string; state: string }> {
    const made = await this.post<{ id: string }>(`-/${this.project}/runs`, {
      kind: "python+job:run",
      spec: { function: `python://${this.project}/${name}:${id}`, local_execution: false, ...spec },
    });
    for (;;) {
      // The server answers when the state changes.
      const { body } = await this.get(`-/${this.project}/runs/${made.id}?wait=30s`);
      const { state } = (body as { status: { state: string } }).status;
      if (["COMPLETED", "ERROR", "STOPPED"].includes(state)) return { id: made.id, state };
    }
  }

  /** Makes the task of a function's version, and gives its reference. */
  async task(name: string, version: string): Promise<string> {
    const { id } = await this.post<{ id: string }>(`-/${this.project}/tasks`, {
      kind: "python+job",
      spec: { function: `python://${this.project}/${name}:${version}` },
    });
    return `python+job://${this.project}/${id}`;
  }

  /** Makes a trigger that runs a function's version by a schedule, and gives its id. */
  async schedule(name: string, fn: string, version: string, schedule: string): Promise<string> {
    const task = await this.task(fn, version);
    const { id } = await this.post<{ id: string }>(`-/${this.project}/triggers`, {
      name,
      kind: "scheduler",
      spec: { schedule, task, function: `python://${this.project}/${fn}:${version}`, template: {} },
    });
    return id;
  }

  /** Makes a data item that is ready, without content. */
  async createTable(name: string): Promise<{ key: string }> {
    return this.post(`-/${this.project}/dataitems`, {
      name,
      kind: "table",
      spec: { path: `s3://nowhere/${name}.csv` },
      status: { state: "READY" },
    });
  }

  /** Reads any path of the API, whatever the answer. */
  async get(path: string): Promise<{ status: number; body: unknown }> {
    const response = await this.#request.get(`${this.#server}/api/v1/${path}`);
    return { status: response.status(), body: await response.json() };
  }

  async remove(path: string): Promise<void> {
    const response = await this.#request.delete(`${this.#server}/api/v1/${path}`);
    if (!response.ok()) throw new Error(`DELETE ${path}: ${response.status()} ${await response.text()}`);
  }

  /** Reads a path that must be there. */
  async read<T>(path: string): Promise<T> {
    const { status, body } = await this.get(path);
    if (status !== 200) throw new Error(`GET ${path}: ${status} ${JSON.stringify(body)}`);
    return body as T;
  }

  async put(path: string, data: unknown): Promise<void> {
    const response = await this.#request.put(`${this.#server}/api/v1/${path}`, { data });
    if (!response.ok()) throw new Error(`PUT ${path}: ${response.status()} ${await response.text()}`);
  }

  /** Puts bytes to an address that the API gave, or below the API's own. */
  async send(address: string, data: string | Buffer, type = "application/octet-stream"): Promise<void> {
    const url = address.startsWith("http") ? address : `${this.#server}/api/v1/${address}`;
    const response = await this.#request.put(url, { data, headers: { "Content-Type": type } });
    if (!response.ok()) throw new Error(`PUT ${address}: ${response.status()} ${await response.text()}`);
  }

  async post<T>(path: string, data: unknown): Promise<T> {
    const response = await this.#request.post(`${this.#server}/api/v1/${path}`, { data });
    if (!response.ok()) throw new Error(`POST ${path}: ${response.status()} ${await response.text()}`);
    return (await response.json()) as T;
  }
}
