import { mount } from "svelte";
import { keepOffline } from "../offline/register";
import "../style/base.css";
import { followTheme } from "../style/theme";
import Rules from "./Rules.svelte";

followTheme();
mount(Rules, { target: document.getElementById("app")! });
// A newer version waits for the next visit: nothing here would be lost, and nobody is in the middle of anything.
void keepOffline("../", () => {});
