import { mount } from "svelte";
import "../style/base.css";
import { followTheme } from "../style/theme";
import HowItWorks from "./HowItWorks.svelte";

followTheme();
mount(HowItWorks, { target: document.getElementById("app")! });
