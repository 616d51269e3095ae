import { mount } from "svelte";
import "../style/base.css";
import { followTheme } from "../style/theme";
import Rules from "./Rules.svelte";

followTheme();
mount(Rules, { target: document.getElementById("app")! });
