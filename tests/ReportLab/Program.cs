using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading.Tasks;

namespace OrchestratorConnector.ReportLab;

/// <summary>
/// Opens reports in a headless Chromium and uses them: by mouse, by keyboard, as a screen reader is given them, on a phone, in
/// the dark. Ends with a line "ReportLab: N passed, N failed". With --screenshot &lt;path&gt; it takes the README's picture instead.
/// </summary>
internal static class Program
{
    private const int NoBrowser = 3;

    private static async Task<int> Main(string[] args)
    {
        if (Browser.Find() is not { } path)
        {
            Console.WriteLine("There is no Chromium on PATH.");
            return NoBrowser;
        }

        using ReportFolder folder = new();
        await using Browser browser = await Browser.StartAsync(path);
        switch (args)
        {
            case ["--screenshot", var picture, .. var look]:
                await CaptureAsync(browser, folder, Path.GetFullPath(picture), look);
                return 0;
            case []:
                return await RunAllAsync(new ReportCases(browser, folder));
            default:
                await Console.Error.WriteLineAsync("Known: --screenshot <path> [dark] [<width>]");
                return 2;
        }
    }

    private static async Task<int> RunAllAsync(ReportCases cases)
    {
        IReadOnlyList<(string Name, Func<Task> Run)> all = cases.All;
        int failed = 0;
        foreach ((string name, Func<Task> run) in all)
        {
            try
            {
                await run();
                Console.WriteLine($"ok     {name}");
            }
            catch (Exception e) when (e is CheckException or InvalidOperationException or TimeoutException)
            {
                failed++;
                Console.WriteLine($"FAILED {name}: {e.Message}");
            }
        }

        Console.WriteLine($"ReportLab: {all.Count - failed} passed, {failed} failed");
        return failed == 0 ? 0 : 1;
    }

    private static async Task CaptureAsync(Browser browser, ReportFolder folder, string picture, string[] look)
    {
        int width = look.Select(l => int.TryParse(l, out int number) ? number : 0).Append(1280).First(n => n > 0);
        Tab tab = await browser.OpenAsync(width, 900);
        await tab.PreferAsync("prefers-color-scheme", look.Contains("dark") ? "dark" : "light");
        await tab.GoAsync(folder.TwoWeeks);
        if (width > 600)
        {
            await tab.EvaluateAsync("document.querySelector('[role=treeitem]').focus()");
            await tab.PressAsync("O", "p");
            await tab.PressAsync("ArrowRight", "R", "e", "s", "t");
            await tab.PressAsync("ArrowDown", "Enter");
            await tab.EvaluateAsync("document.activeElement.blur()");
        }

        // A store where an admin has it, and not where this lab made it.
        await tab.EvaluateAsync(@"document.querySelector('.origin .path').textContent = String.raw`C:\ProgramData\OrchestratorConnector\state.db`");
        await tab.CaptureAsync(picture, look.Contains("all") ? null : 2060);
    }
}
