import { mount } from "svelte";
import { Engine } from "../engine/client";
import "../style/base.css";
import { followTheme } from "../style/theme";

followTheme();
// The engine is the largest part, and loads beside the page rather than after it.
const engine = new Engine();
const { default: Playground } = await import("./Playground.svelte");
mount(Playground, { target: document.getElementById("app")!, props: { engine } });
