using System;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Text.Json.Nodes;
using System.Threading.Tasks;

namespace OrchestratorConnector.ReportLab;

/// <summary>A headless Chromium with a profile of its own, gone with it.</summary>
internal sealed class Browser : IAsyncDisposable
{
    private const string Listening = "DevTools listening on ";
    private static readonly string[] Names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome.exe", "msedge.exe"];
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly Process _process;
    private readonly DirectoryInfo _profile;
    private readonly DevTools _tools;

    private Browser(Process process, DirectoryInfo profile, DevTools tools)
    {
        _process = process;
        _profile = profile;
        _tools = tools;
    }

    /// <summary>The path of a Chromium on PATH, or <see langword="null"/>.</summary>
    public static string? Find() =>
        (Environment.GetEnvironmentVariable("PATH") ?? string.Empty)
            .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .SelectMany(folder => Names.Select(name => Path.Combine(folder, name)))
            .FirstOrDefault(File.Exists);

    public static async Task<Browser> StartAsync(string path)
    {
        DirectoryInfo profile = Directory.CreateTempSubdirectory("report-lab-");
        ProcessStartInfo start = new(path) { RedirectStandardError = true, RedirectStandardOutput = true };
        string[] arguments =
        [
            // In a container there is no sandbox to be had, and the only page is our own.
            "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--hide-scrollbars",
            "--no-first-run", "--disable-extensions", "--disable-background-networking", "--disable-component-update",
            "--remote-debugging-port=0", $"--user-data-dir={profile.FullName}", "about:blank",
        ];
        Array.ForEach(arguments, start.ArgumentList.Add);
        Process process = Process.Start(start)!;
        process.OutputDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        TaskCompletionSource<Uri> address = new(TaskCreationOptions.RunContinuationsAsynchronously);
        process.ErrorDataReceived += (_, line) =>
        {
            if (line.Data is null)
            {
                address.TrySetException(new InvalidOperationException($"{path} ended before it listened."));
            }
            else if (line.Data.StartsWith(Listening, StringComparison.Ordinal))
            {
                address.TrySetResult(new Uri(line.Data[Listening.Length..]));
            }
        };
        process.BeginErrorReadLine();
        return new Browser(process, profile, await DevTools.ConnectAsync(await address.Task.WaitAsync(Patience)));
    }

    /// <summary>Opens an empty tab, as wide and high as it is told.</summary>
    public async Task<Tab> OpenAsync(int width = 1280, int height = 900)
    {
        string target = (string)(await _tools.SendAsync("Target.createTarget", new JsonObject { ["url"] = "about:blank" }))["targetId"]!;
        string session = (string)(await _tools.SendAsync("Target.attachToTarget", new JsonObject { ["targetId"] = target, ["flatten"] = true }))["sessionId"]!;
        return await Tab.OpenAsync(_tools, session, target, width, height);
    }

    public async ValueTask DisposeAsync()
    {
        await _tools.SendAsync("Browser.close");
        await _tools.DisposeAsync();
        using (_process)
        {
            await _process.WaitForExitAsync().WaitAsync(Patience);
        }

        try
        {
            _profile.Delete(recursive: true);
        }
        catch (IOException)
        {
            // A process of the browser still writes its last; the system empties its temporary folder itself.
        }
    }
}
