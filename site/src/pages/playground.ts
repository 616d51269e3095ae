import { mount } from "svelte";
import "../style/base.css";
import { followTheme } from "../style/theme";
import Playground from "./Playground.svelte";

followTheme();
mount(Playground, { target: document.getElementById("app")! });
