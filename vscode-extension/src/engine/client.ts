// The extension's end of the line to the engine.
import type { Answer, Channel, Failure, Remote } from "./messages";

/** What the engine could not do, as it said it. */
export class EngineFailure extends Error {
  readonly problems: Failure["problems"];
  /** Whether the input is to blame, and not flightcheck. */
  readonly isOfInput: boolean;

  constructor({ name, message, problems }: Failure) {
    super(message);
    this.problems = problems;
    this.isOfInput = name === "FlightcheckError";
  }
}

/** Thrown by every call that was under way when the engine's thread ended. */
export class EngineLost extends Error {}

/** The engine behind a channel that `connect` makes; it is made anew when its thread ends, and `onLost` is told. */
export class Client {
  readonly engine: Remote;
  private channel: Promise<Channel>;
  private readonly waiting = new Map<number, { done: (value: unknown) => void; fail: (error: Error) => void }>();
  private last = 0;
  private isClosed = false;

  constructor(private readonly connect: () => Promise<Channel>, private readonly onLost: (why: string) => void) {
    this.channel = this.connected();
    const call = (name: string) => (...args: unknown[]) => this.call(name, args);
    this.engine = new Proxy({} as Remote, { get: (_, name) => call(name as string) });
  }

  close(): void {
    this.isClosed = true;
    void this.channel.then((channel) => channel.close());
    this.drop("the engine was closed");
  }

  private connected(): Promise<Channel> {
    const connected = this.connect().then((channel) => {
      channel.onAnswer((answer) => this.answered(answer));
      channel.onEnd((why) => {
        if (this.isClosed || connected !== this.channel) return;
        this.channel = this.connected();
        this.drop(why);
        this.onLost(why);
      });
      return channel;
    });
    connected.catch((error: Error) => this.drop(error.message));
    return connected;
  }

  private call(name: string, args: unknown[]): Promise<unknown> {
    return new Promise((done, fail) => {
      if (this.isClosed) return fail(new EngineLost("the engine was closed"));
      const id = ++this.last;
      this.waiting.set(id, { done, fail });
      void this.channel.then((channel) => channel.post({ id, name: name as keyof Remote, args }), (error: Error) => fail(new EngineLost(error.message)));
    });
  }

  private answered({ id, value, failure }: Answer): void {
    const call = this.waiting.get(id);
    this.waiting.delete(id);
    if (failure) call?.fail(new EngineFailure(failure));
    else call?.done(value);
  }

  private drop(why: string): void {
    const calls = [...this.waiting.values()];
    this.waiting.clear();
    for (const { fail } of calls) fail(new EngineLost(why));
  }
}
