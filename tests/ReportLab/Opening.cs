using System.Threading.Tasks;

namespace OrchestratorConnector.ReportLab;

/// <summary>How long a report takes until it can be used.</summary>
internal static class Opening
{
    // From the first frame after the script on a key press is answered.
    private const string Interactive = "new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => done(performance.now()))))";
    private const string Loaded = "performance.getEntriesByType('navigation')[0].loadEventEnd";

    private const string Searched = """
        (() => {
          const start = performance.now();
          const query = document.getElementById('query');
          query.value = 'runbook 1999';
          query.dispatchEvent(new Event('input'));
          return performance.now() - start;
        })()
        """;

    /// <summary>
    /// Opens a report, and searches it. The first two times run from the start of the navigation, the third is that of the first
    /// search, which makes the index; in milliseconds.
    /// </summary>
    public static async Task<(double Loaded, double Interactive, double Searched)> TimeAsync(Tab tab, string path)
    {
        await tab.GoAsync(path);
        double interactive = await tab.NumberAsync(Interactive);
        return (await tab.NumberAsync(Loaded), interactive, await tab.NumberAsync(Searched));
    }
}
