using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json.Nodes;
using System.Threading.Tasks;

namespace OrchestratorConnector.ReportLab;

/// <summary>One page in the browser: what it says and asks, and hands to use it with.</summary>
internal sealed class Tab
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly DevTools _tools;
    private readonly string _session;
    private readonly string _target;
    private readonly ConcurrentQueue<string> _complaints = new();
    private readonly ConcurrentQueue<string> _requests = new();
    private TaskCompletionSource _loaded = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private Tab(DevTools tools, string session, string target)
    {
        _tools = tools;
        _session = session;
        _target = target;
    }

    /// <summary>Everything that came to the console as an error or a warning, and every exception.</summary>
    public IReadOnlyCollection<string> Complaints => _complaints;

    /// <summary>Every address that was asked for, refused or not.</summary>
    public IReadOnlyCollection<string> Requests => _requests;

    public static async Task<Tab> OpenAsync(DevTools tools, string session, string target, int width, int height)
    {
        Tab tab = new(tools, session, target);
        tools.Listen(session, tab.Hear);
        foreach (string domain in new[] { "Page", "Runtime", "Log", "Network", "DOM", "Accessibility" })
        {
            await tab.SendAsync(domain + ".enable");
        }

        await tab.ResizeAsync(width, height);
        return tab;
    }

    /// <summary>Opens a file, and is there when it is loaded.</summary>
    public async Task GoAsync(string path)
    {
        _loaded = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await SendAsync("Page.navigate", new JsonObject { ["url"] = new Uri(path).AbsoluteUri });
        await _loaded.Task.WaitAsync(Patience);
    }

    public Task ResizeAsync(int width, int height) =>
        SendAsync("Emulation.setDeviceMetricsOverride", new JsonObject { ["width"] = width, ["height"] = height, ["deviceScaleFactor"] = 1, ["mobile"] = width < 600 });

    /// <summary>What the system would say: <c>prefers-color-scheme</c>, <c>dark</c>.</summary>
    public Task PreferAsync(string feature, string value) =>
        SendAsync("Emulation.setEmulatedMedia", new JsonObject { ["features"] = new JsonArray(new JsonObject { ["name"] = feature, ["value"] = value }) });

    /// <summary>The value of an expression in the page.</summary>
    public async Task<JsonNode?> EvaluateAsync(string expression)
    {
        JsonObject result = await SendAsync("Runtime.evaluate", new JsonObject { ["expression"] = expression, ["returnByValue"] = true, ["awaitPromise"] = true, ["userGesture"] = true });
        return result["exceptionDetails"] is { } details ? throw new InvalidOperationException($"{expression}: {details.ToJsonString()}") : result["result"]!["value"]?.DeepClone();
    }

    public async Task<string> TextAsync(string expression) => (await EvaluateAsync($"(async () => String(await ({expression})))()"))!.GetValue<string>();

    public async Task<double> NumberAsync(string expression) => (await EvaluateAsync($"(async () => Number(await ({expression})))()"))!.GetValue<double>();

    /// <summary>Presses keys, each by its name: <c>ArrowDown</c>, <c>Tab</c>, <c>a</c>.</summary>
    public async Task PressAsync(params string[] keys)
    {
        foreach (string key in keys)
        {
            int code = key switch
            {
                "Tab" => 9,
                "Enter" => 13,
                "Escape" => 27,
                " " => 32,
                "End" => 35,
                "Home" => 36,
                "ArrowLeft" => 37,
                "ArrowUp" => 38,
                "ArrowRight" => 39,
                "ArrowDown" => 40,
                _ => char.ToUpperInvariant(key[0]),
            };
            JsonObject down = new() { ["type"] = "keyDown", ["key"] = key, ["windowsVirtualKeyCode"] = code };
            if (key.Length == 1 || key == "Enter")
            {
                down["text"] = key == "Enter" ? "\r" : key;
            }

            await SendAsync("Input.dispatchKeyEvent", down);
            await SendAsync("Input.dispatchKeyEvent", new JsonObject { ["type"] = "keyUp", ["key"] = key, ["windowsVirtualKeyCode"] = code });
        }
    }

    /// <summary>Types a text where the focus is.</summary>
    public Task TypeAsync(string text) => SendAsync("Input.insertText", new JsonObject { ["text"] = text });

    /// <summary>Clicks into the middle of what an expression gives.</summary>
    public async Task ClickAsync(string element)
    {
        JsonNode place = (await EvaluateAsync($"(() => {{ const e = {element}; e.scrollIntoView({{ block: 'center', behavior: 'instant' }}); const r = e.getBoundingClientRect(); return [r.x + Math.min(r.width / 2, 60), r.y + r.height / 2]; }})()"))!;
        foreach (string type in new[] { "mousePressed", "mouseReleased" })
        {
            await SendAsync("Input.dispatchMouseEvent", new JsonObject { ["type"] = type, ["x"] = place[0]!.GetValue<double>(), ["y"] = place[1]!.GetValue<double>(), ["button"] = "left", ["clickCount"] = 1 });
        }
    }

    /// <summary>The page as a screen reader is given it: those nodes that are not passed over.</summary>
    public async Task<IReadOnlyList<AccessibleNode>> ReadAccessibilityAsync()
    {
        JsonObject tree = await SendAsync("Accessibility.getFullAXTree");
        return [.. tree["nodes"]!.AsArray().Select(n => AccessibleNode.Read(n!.AsObject())).OfType<AccessibleNode>()];
    }

    /// <summary>A picture of the page's upper part, or of all of it.</summary>
    public async Task CaptureAsync(string path, int? height = null)
    {
        double whole = await NumberAsync("document.documentElement.scrollHeight");
        double width = await NumberAsync("window.innerWidth");
        JsonObject picture = await SendAsync("Page.captureScreenshot", new JsonObject
        {
            ["format"] = "png",
            ["captureBeyondViewport"] = true,
            ["clip"] = new JsonObject { ["x"] = 0, ["y"] = 0, ["width"] = width, ["height"] = Math.Min(whole, height ?? whole), ["scale"] = 1 },
        });
        await File.WriteAllBytesAsync(path, Convert.FromBase64String((string)picture["data"]!));
    }

    public Task CloseAsync() => _tools.SendAsync("Target.closeTarget", new JsonObject { ["targetId"] = _target });

    private Task<JsonObject> SendAsync(string method, JsonObject? parameters = null) => _tools.SendAsync(method, parameters, _session);

    private void Hear(string method, JsonObject parameters)
    {
        switch (method)
        {
            case "Page.loadEventFired":
                _loaded.TrySetResult();
                break;
            case "Network.requestWillBeSent":
                _requests.Enqueue((string)parameters["request"]!["url"]!);
                break;
            case "Runtime.exceptionThrown":
                _complaints.Enqueue(parameters["exceptionDetails"]!.ToJsonString());
                break;
            case "Runtime.consoleAPICalled" when (string)parameters["type"]! is "error" or "warning" or "assert":
                _complaints.Enqueue(parameters["args"]!.ToJsonString());
                break;
            case "Log.entryAdded" when (string)parameters["entry"]!["level"]! is "error" or "warning":
                _complaints.Enqueue((string)parameters["entry"]!["text"]!);
                break;
        }
    }
}
