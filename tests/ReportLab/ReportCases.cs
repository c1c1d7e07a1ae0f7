using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Threading.Tasks;

namespace OrchestratorConnector.ReportLab;

/// <summary>What a report has to do in a browser.</summary>
internal sealed class ReportCases(Browser browser, ReportFolder folder)
{
    private const int PhoneWidth = 360;
    private const string Focused = "document.activeElement";
    private const string FocusedLabel = "document.activeElement.getAttribute('aria-label')";
    private const string Details = "document.getElementById('details').innerText";
    private const string Found = "document.getElementById('found').textContent";

    // Of every element with text of its own: its colour against the first ground behind it that is not transparent.
    private const string LowContrasts = """
        (() => {
          const canvas = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
          const rgba = color => { canvas.clearRect(0, 0, 1, 1); canvas.fillStyle = color; canvas.fillRect(0, 0, 1, 1); return canvas.getImageData(0, 0, 1, 1).data; };
          const light = ([r, g, b]) => [r, g, b].map(v => v / 255).map(v => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4).reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
          const ground = element => { for (let e = element; e; e = e.parentElement) { const color = rgba(getComputedStyle(e).backgroundColor); if (color[3] === 255) { return color; } } return [255, 255, 255]; };
          const low = [];
          for (const element of document.body.querySelectorAll('*')) {
            const hasText = [...element.childNodes].some(n => n.nodeType === 3 && n.data.trim() !== '');
            if (!hasText || element.closest('script, style, noscript, [hidden], defs') || element.getClientRects().length === 0) { continue; }
            const style = getComputedStyle(element);
            const one = light(rgba(element instanceof SVGElement ? style.fill : style.color));
            const other = light(ground(element));
            const contrast = (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
            if (contrast < 4.5) { low.push(`${element.tagName}.${element.className} ${contrast.toFixed(2)} ${element.textContent.slice(0, 30)}`); }
          }
          return low.join('; ');
        })()
        """;

    public IReadOnlyList<(string Name, Func<Task> Run)> All =>
    [
        ("An ordinary report opens without a complaint and asks for nothing but itself", () => OpensQuietlyAsync(folder.TwoWeeks)),
        ("So does one about an empty store", EmptyAsync),
        ("So does one full of strange names, which stay text", StrangeAsync),
        ("Nothing that gets into the page can ask anybody", ForbidsRequestsAsync),
        ("A click unfolds a folder and shows a runbook", MouseAsync),
        ("The tree is used by keyboard", KeyboardAsync),
        ("Tab goes through the page in order, and through the tree once", FocusOrderAsync),
        ("A search finds and says how many", SearchAsync),
        ("A state narrows the library down", StatusAsync),
        ("What was found is shown in its folder", RevealAsync),
        ("A folder with many runbooks shows them part by part", FlatAsync),
        ("A screen reader is given names, roles and states", AccessibilityAsync),
        ("A phone need not scroll sideways", PhoneAsync),
        ("It is dark where the system is, and readable in both", DarkAsync),
        ("The button changes the theme until the next opening", ThemeAsync),
        ("Who wants no motion gets none", MotionAsync),
        ("A library of 20,000 opens, unfolds and is searched", LargeAsync),
    ];

    private async Task<Tab> OpenAsync(string path, int width = 1280)
    {
        Tab tab = await browser.OpenAsync(width);
        await tab.GoAsync(path);
        return tab;
    }

    private static async Task CloseQuietlyAsync(Tab tab)
    {
        Check.Equal("", string.Join("; ", tab.Complaints), "complaints");
        Check.That(tab.Requests.All(r => r.StartsWith("file:", StringComparison.Ordinal) && r.EndsWith(".html", StringComparison.Ordinal)), $"asked for {string.Join(", ", tab.Requests)}");
        await tab.CloseAsync();
    }

    private async Task OpensQuietlyAsync(string path)
    {
        Tab tab = await OpenAsync(path);
        Check.Equal(1, tab.Requests.Count, "requests");
        Check.Equal("Runbook report", await tab.TextAsync("document.title"), "title");
        Check.That(await tab.NumberAsync("document.querySelectorAll('svg.chart rect.bar').length") > 20, "there are no bars");
        await CloseQuietlyAsync(tab);
    }

    private async Task EmptyAsync()
    {
        Tab tab = await OpenAsync(folder.Empty);
        string text = await tab.TextAsync("document.querySelector('main').innerText");
        foreach (string said in new[] { "No connector is registered.", "No job was started here since", "0 runbooks", "No contract changed since", "Nothing was synchronized since" })
        {
            Check.That(text.Contains(said, StringComparison.Ordinal), $"it does not say '{said}'");
        }

        await tab.ClickAsync("document.getElementById('query')");
        await tab.TypeAsync("x");
        Check.Equal("No runbook found.", await tab.TextAsync(Found), "the search");
        await CloseQuietlyAsync(tab);
    }

    private async Task StrangeAsync()
    {
        Tab tab = await OpenAsync(folder.Strange);
        for (int i = 0; i < ReportFolder.StrangeNames.Length; i++)
        {
            // By its keys alone: down to the last item, which is unfolded until it is a runbook.
            await tab.EvaluateAsync($"document.querySelectorAll('[role=treeitem][aria-level=\"3\"]').length || document.querySelector('[role=treeitem][aria-level=\"2\"] .row').click()");
            await tab.ClickAsync($"document.querySelectorAll('[role=treeitem][aria-level=\"3\"] > .row')[{i}]");
        }

        string[] shown = [.. (await tab.EvaluateAsync("[...document.querySelectorAll('[role=treeitem][aria-level=\"4\"] .label')].map(l => l.textContent)"))!.AsArray().Select(n => (string)n!)];
        Check.Equal(string.Join('|', ReportFolder.StrangeNames.Select(Shown).Order(StringComparer.Ordinal)), string.Join('|', shown.Select(Shown).Order(StringComparer.Ordinal)), "names");
        Check.Equal("undefined", await tab.TextAsync("window.harmed"), "what a name could do");
        Check.Equal(0, await tab.NumberAsync("document.querySelectorAll('img, iframe, link, b:not(.legend b)').length"), "elements that nobody wrote");
        Check.Equal(2, await tab.NumberAsync("document.scripts.length"), "scripts");
        await tab.ResizeAsync(PhoneWidth, 740);
        await NotWiderAsync(tab, PhoneWidth);
        string html = await tab.TextAsync("document.documentElement.outerHTML");
        Check.That(!html.Contains(Stores.Hidden, StringComparison.Ordinal), "a job's value is in the page");
        await CloseQuietlyAsync(tab);

        // JSON keeps halves of pairs, a page's text cannot.
        static string Shown(string name) => name.Replace('\uD83D', '?').Replace('\uFFFD', '?').Replace('\uDE80', '?').Replace('\uDC69', '?').Replace('\uDCBB', '?');
    }

    private async Task ForbidsRequestsAsync()
    {
        Tab tab = await OpenAsync(folder.TwoWeeks);
        string outcome = await tab.TextAsync("""
            new Promise(done => {
              const refused = [];
              document.addEventListener('securitypolicyviolation', e => { refused.push(e.effectiveDirective); if (new Set(refused).size === 4) { done([...new Set(refused)].sort().join(' ')); } });
              document.body.append(Object.assign(new Image(), { src: 'http://127.0.0.1:9/x.png' }));
              document.body.append(Object.assign(document.createElement('link'), { rel: 'stylesheet', href: 'http://127.0.0.1:9/x.css' }));
              document.body.append(Object.assign(document.createElement('script'), { textContent: 'window.harmed = true' }));
              fetch('http://127.0.0.1:9/x').catch(() => { });
            })
            """);
        Check.Equal("connect-src img-src script-src-elem style-src-elem", outcome, "what is refused");
        Check.Equal("undefined", await tab.TextAsync("window.harmed"), "a script that was added");
        await tab.CloseAsync();
    }

    private async Task MouseAsync()
    {
        Tab tab = await OpenAsync(folder.TwoWeeks);
        const string Operations = "[...document.querySelectorAll('[role=treeitem]')].find(i => i.getAttribute('aria-label').startsWith('Operations,'))";
        Check.Equal("false null", await tab.TextAsync($"{Operations}.ariaExpanded + ' ' + {Operations}.querySelector('[role=group]')"), "before it is unfolded");
        await tab.ClickAsync(Operations + ".querySelector('.row')");
        Check.Equal("true 6", await tab.TextAsync($"{Operations}.ariaExpanded + ' ' + {Operations}.querySelector('[role=group]').children.length"), "unfolded");
        await tab.ClickAsync(Operations + ".querySelector('[role=group]').lastElementChild.querySelector('.row')");
        string details = await tab.TextAsync(Details);
        foreach (string said in new[] { "Restart Service", @"\Operations\Restart Service", "Computer Name\tIn\tString", "Service\tIn\tString", "Result\tOut\tString", "Invalid", "Its contract changed under a runbook activity.", "2026-03-09 " })
        {
            Check.That(details.Contains(said, StringComparison.Ordinal), $"the details do not say '{said}': {details}");
        }

        await tab.ClickAsync(Operations + ".querySelector('.row')");
        Check.Equal("false true", await tab.TextAsync($"{Operations}.ariaExpanded + ' ' + {Operations}.querySelector('[role=group]').hidden"), "folded again");
        await CloseQuietlyAsync(tab);
    }

    private async Task KeyboardAsync()
    {
        Tab tab = await OpenAsync(folder.TwoWeeks);
        await tab.EvaluateAsync("document.querySelector('#tree > li').focus()");
        await ExpectAsync("Branch Offices, 3 runbooks");
        await ExpectAsync("Network, 3 runbooks", "ArrowDown");
        await ExpectAsync("Network, 3 runbooks", "ArrowRight");
        await ExpectAsync("Add DNS Record", "ArrowRight");
        await ExpectAsync("Reserve Address", "ArrowDown", "ArrowDown");
        await ExpectAsync("Production, 39 runbooks", "ArrowDown");
        await ExpectAsync("Reserve Address", "ArrowUp");
        await ExpectAsync("Network, 3 runbooks", "ArrowLeft");
        await ExpectAsync("Network, 3 runbooks", "ArrowLeft");
        Check.Equal("false", await tab.TextAsync(Focused + ".ariaExpanded"), "folded");
        await ExpectAsync("Branch Offices, 3 runbooks", "ArrowLeft");
        await ExpectAsync("Patching, 6 runbooks", "End");
        await ExpectAsync("Branch Offices, 3 runbooks", "Home");
        await ExpectAsync("Production, 39 runbooks", "p");
        await ExpectAsync("Patching, 6 runbooks", "ArrowDown", "p", "a");
        await ExpectAsync("Ring 1, 3 runbooks", "Enter", "ArrowDown");
        await ExpectAsync("Approve Updates", " ", "ArrowDown", "Enter");
        Check.That((await tab.TextAsync(Details)).Contains(@"\Patching\Ring 1\Approve Updates", StringComparison.Ordinal), "Enter does not show the runbook");
        Check.Equal("true", await tab.TextAsync(Focused + ".ariaSelected"), "selected");
        Check.Equal(1, await tab.NumberAsync("document.querySelectorAll('[role=treeitem][tabindex=\"0\"]').length"), "items in the order of Tab");
        await CloseQuietlyAsync(tab);

        async Task ExpectAsync(string label, params string[] keys)
        {
            await tab.PressAsync(keys);
            Check.Equal(label, await tab.TextAsync(FocusedLabel), string.Join(' ', keys));
        }
    }

    private async Task FocusOrderAsync()
    {
        Tab tab = await OpenAsync(folder.TwoWeeks);
        List<string> stops = [];
        string[] expected = ["Skip to the content", "Dark", "Connectors", "Jobs", "Library", "Contract changes", "Synchronizations", "The same as a table", "#query", "#status", "treeitem"];
        for (int i = 0; i < expected.Length; i++)
        {
            await tab.PressAsync("Tab");
            stops.Add(await tab.TextAsync($"{Focused}.id === 'query' || {Focused}.id === 'status' ? '#' + {Focused}.id : {Focused}.getAttribute('role') ?? {Focused}.textContent.trim()"));
            Check.That(await tab.TextAsync($"(e => {{ const s = getComputedStyle(e.querySelector(':scope > .row') ?? e); return s.outlineStyle !== 'none' && s.outlineWidth !== '0px'; }})({Focused})") == "true", $"no focus is to be seen on {stops[^1]}");
        }

        Check.Equal(string.Join(" > ", expected), string.Join(" > ", stops), "the order");
        await tab.PressAsync("Tab");
        Check.That(await tab.TextAsync($"{Focused}.closest('#tree')") == "null", "Tab stays in the tree");
        await CloseQuietlyAsync(tab);
    }

    private async Task SearchAsync()
    {
        Tab tab = await OpenAsync(folder.TwoWeeks);
        Check.Equal("56 runbooks", await tab.TextAsync(Found), "before");
        Check.Equal("status", await tab.TextAsync("document.getElementById('found').getAttribute('role')"), "role of the count");
        await tab.EvaluateAsync("document.getElementById('query').focus()");
        // A name, a folder, a parameter, in any case.
        await ExpectAsync("RESTART serv", "4 runbooks found.", "Restart Server");
        await ExpectAsync("joiners", "4 runbooks found.", "Add to Groups");
        await ExpectAsync("cost center", "1 runbook found.", "Create User");
        await ExpectAsync("production ring 1", "3 runbooks found.", "Approve Updates");
        await ExpectAsync("nowhere", "No runbook found.", "undefined");
        await tab.EvaluateAsync("document.getElementById('query').select()");
        await tab.TypeAsync("");
        await ExpectAsync("create", "3 runbooks found.", "Create Mailbox");
        Check.Equal("Create", await tab.TextAsync("document.querySelector('#results mark').textContent"), "what is marked");
        await tab.PressAsync("Tab", "Tab", "Enter");
        Check.That((await tab.TextAsync(Details)).Contains(@"\Exchange\Create Mailbox", StringComparison.Ordinal), "a found runbook is not shown by keyboard");
        await CloseQuietlyAsync(tab);

        async Task ExpectAsync(string query, string said, string first)
        {
            await tab.EvaluateAsync("document.getElementById('query').select()");
            await tab.TypeAsync(query);
            Check.Equal(said, await tab.TextAsync(Found), query);
            Check.Equal(first, await tab.TextAsync("document.querySelector('#results li bdi')?.textContent"), query);
        }
    }

    private async Task StatusAsync()
    {
        Tab tab = await OpenAsync(folder.TwoWeeks);
        Check.Equal("Any (56)|Active (53)|Invalid (2)|Missing (1)", await tab.TextAsync("[...document.getElementById('status').options].map(o => o.text).join('|')"), "choices");
        await tab.EvaluateAsync("document.getElementById('status').focus()");
        await tab.PressAsync("M");
        Check.Equal("1 runbook found.", await tab.TextAsync(Found), "missing");
        Check.Equal("Shrink Log", await tab.TextAsync("document.querySelector('#results li bdi').textContent"), "missing");
        await tab.PressAsync("A", "A");
        await CloseQuietlyAsync(tab);
    }

    private async Task RevealAsync()
    {
        Tab tab = await OpenAsync(folder.TwoWeeks);
        await tab.EvaluateAsync("document.getElementById('query').focus()");
        await tab.TypeAsync("unlock");
        await tab.ClickAsync("document.querySelector('#results button')");
        await tab.ClickAsync("[...document.querySelectorAll('#details button')].find(b => b.textContent === 'Show in its folder')");
        Check.Equal("Unlock Account", await tab.TextAsync(FocusedLabel), "where the focus is");
        Check.Equal(@"Self Service, 2 runbooks|Identity, 9 runbooks|Production, 39 runbooks", await tab.TextAsync("(() => { const way = []; for (let i = document.activeElement.parentElement.closest('li'); i; i = i.parentElement.closest('li')) { way.push(i.ariaLabel); } return way.join('|'); })()"), "the way to it");
        Check.Equal("56 runbooks", await tab.TextAsync(Found), "the search is over");
        await CloseQuietlyAsync(tab);
    }

    private async Task FlatAsync()
    {
        Tab tab = await OpenAsync(folder.Flat);
        const string Items = "document.querySelectorAll('[aria-level=\"2\"]').length + ' ' + document.activeElement.textContent";
        await tab.EvaluateAsync("document.querySelector('#tree > li').focus()");
        await tab.PressAsync("End");
        Check.Equal("501 Show 500 more of 701", await tab.TextAsync(Items), "the first part");
        await tab.PressAsync("Enter");
        Check.Equal("1001 Runbook 0500", await tab.TextAsync(Items), "the second part");
        Check.Equal("1201 501", await tab.TextAsync($"{Focused}.ariaSetSize + ' ' + {Focused}.ariaPosInSet"), "its place");
        await tab.GoAsync(folder.Flat);
        await tab.EvaluateAsync("document.getElementById('query').focus()");
        await tab.TypeAsync("runbook 1200");
        await tab.ClickAsync("document.querySelector('#results button')");
        await tab.ClickAsync("[...document.querySelectorAll('#details button')].find(b => b.textContent === 'Show in its folder')");
        Check.Equal("1201 Runbook 1200", await tab.TextAsync(Items), "the last one, shown in its folder");
        Check.That((await tab.TextAsync(Details)).Contains("No parameters.", StringComparison.Ordinal), "it does not say that there are no parameters");
        await CloseQuietlyAsync(tab);
    }

    private async Task AccessibilityAsync()
    {
        Tab tab = await OpenAsync(folder.TwoWeeks);
        IReadOnlyList<AccessibleNode> nodes = await tab.ReadAccessibilityAsync();
        foreach ((string role, string name) in new[]
        {
            ("banner", ""), ("main", ""), ("contentinfo", ""), ("search", ""), ("navigation", "Sections"),
            ("region", "Overview"), ("region", "Connectors"), ("region", "Jobs"), ("region", "Library"), ("region", "Contract changes"), ("region", "Synchronizations"),
            ("tree", "Library"), ("searchbox", "Search names, folders and parameters"), ("combobox", "Status"), ("button", "Dark"),
            ("table", "Connectors and their last runs"), ("table", "Contract changes, the newest first"), ("table", "Synchronizations, the newest first"), ("table", "Runbooks whose last job failed, the newest first"),
            ("rowheader", "Production"), ("columnheader", "Last success"), ("image", "Jobs by outcome over time"),
        })
        {
            Check.That(nodes.Any(n => n.Role == role && n.Name == name), $"there is no {role} '{name}'");
        }

        Check.That(nodes.Any(n => n.Name == "Jobs by outcome over time" && n.Description.Contains(" completed, ", StringComparison.Ordinal)), "the chart has no description");
        AccessibleNode folderItem = nodes.First(n => n.Role == "treeitem" && n.Name == "Operations, 8 runbooks");
        Check.Equal("2 false", $"{folderItem.Properties["level"]} {folderItem.Properties["expanded"]}", "level and state of a folder");
        string[] nameless = [.. nodes.Where(n => n.Role is "button" or "link" or "searchbox" or "combobox" or "treeitem" or "table" or "img" or "image" or "heading" && n.Name.Length == 0).Select(n => n.Role)];
        Check.Equal("", string.Join(", ", nameless), "without a name");
        int[] levels = [.. nodes.Where(n => n.Role == "heading").Select(n => int.Parse(n.Properties["level"], CultureInfo.InvariantCulture))];
        Check.That(levels[0] == 1 && levels.Count(l => l == 1) == 1, "there is one first heading");
        Check.That(levels.Zip(levels.Skip(1)).All(p => p.Second <= p.First + 1), $"headings leave a level out: {string.Join(' ', levels)}");
        Check.Equal("en", await tab.TextAsync("document.documentElement.lang"), "language");
        Check.Equal("polite", await tab.TextAsync("document.getElementById('details').ariaLive"), "details are announced");

        // On a phone the tables are still tables.
        await tab.ResizeAsync(PhoneWidth, 740);
        Check.That((await tab.ReadAccessibilityAsync()).Any(n => n.Role == "rowheader" && n.Name == "Production"), "a table laid out as cards is no table any more");
        await CloseQuietlyAsync(tab);
    }

    private async Task PhoneAsync()
    {
        Tab tab = await OpenAsync(folder.TwoWeeks, PhoneWidth);
        await NotWiderAsync(tab, PhoneWidth);
        await tab.EvaluateAsync("document.querySelector('details').open = true");
        await tab.EvaluateAsync("document.getElementById('query').focus()");
        await tab.TypeAsync("restart");
        await tab.ClickAsync("document.querySelector('#results button')");
        await NotWiderAsync(tab, PhoneWidth);
        Check.That(await tab.NumberAsync("document.getElementById('details').getBoundingClientRect().bottom - innerHeight") is > -1 and < 1, "the details are no sheet at the foot");
        await tab.PressAsync("Escape");
        Check.Equal("none query", await tab.TextAsync($"getComputedStyle(document.getElementById('details')).display + ' ' + {Focused}.id"), "the sheet after Escape");
        await tab.ResizeAsync(320, 568);
        await NotWiderAsync(tab, 320);
        await CloseQuietlyAsync(tab);
    }

    private static async Task NotWiderAsync(Tab tab, int width)
    {
        double wide = await tab.NumberAsync("Math.max(document.documentElement.scrollWidth, document.body.scrollWidth)");
        Check.That(wide <= width, $"the page is {wide} wide on a screen of {width}");
    }

    private async Task DarkAsync()
    {
        Tab tab = await browser.OpenAsync();
        foreach ((string scheme, string ground) in new[] { ("light", "rgb(251, 250, 248)"), ("dark", "rgb(22, 24, 27)") })
        {
            await tab.PreferAsync("prefers-color-scheme", scheme);
            await tab.GoAsync(folder.TwoWeeks);
            await tab.EvaluateAsync("document.querySelector('details').open = true");
            await tab.EvaluateAsync("[...document.querySelectorAll('[aria-expanded=false] > .row')].forEach(r => r.click())");
            await tab.EvaluateAsync("[...document.querySelectorAll('[aria-selected] > .row')].at(-1).click()");
            Check.Equal(ground, await tab.TextAsync("getComputedStyle(document.body).backgroundColor"), scheme);
            Check.Equal("", await tab.TextAsync(LowContrasts), $"too little contrast where it is {scheme}");
            Check.Equal(scheme == "dark" ? "true" : "false", await tab.TextAsync("document.getElementById('theme').ariaPressed"), "the button");
        }

        await CloseQuietlyAsync(tab);
    }

    private async Task ThemeAsync()
    {
        Tab tab = await OpenAsync(folder.TwoWeeks);
        const string Ground = "getComputedStyle(document.body).backgroundColor + ' ' + document.getElementById('theme').ariaPressed";
        await tab.ClickAsync("document.getElementById('theme')");
        Check.Equal("rgb(22, 24, 27) true", await tab.TextAsync(Ground), "pressed");
        Check.Equal("", await tab.TextAsync(LowContrasts), "too little contrast");
        await tab.ClickAsync("document.getElementById('theme')");
        Check.Equal("rgb(251, 250, 248) false", await tab.TextAsync(Ground), "pressed again");
        await tab.ClickAsync("document.getElementById('theme')");
        await tab.GoAsync(folder.TwoWeeks);
        Check.Equal("rgb(251, 250, 248) false", await tab.TextAsync(Ground), "opened anew");
        await CloseQuietlyAsync(tab);
    }

    private async Task MotionAsync()
    {
        Tab tab = await browser.OpenAsync();
        await tab.PreferAsync("prefers-reduced-motion", "reduce");
        await tab.GoAsync(folder.TwoWeeks);
        Check.Equal("0s auto", await tab.TextAsync("getComputedStyle(document.querySelector('[aria-expanded] > .row'), '::before').transitionDuration + ' ' + getComputedStyle(document.documentElement).scrollBehavior"), "motion");
        await CloseQuietlyAsync(tab);
    }

    private async Task LargeAsync()
    {
        string path = folder.Large;
        Tab tab = await browser.OpenAsync();
        (double load, double interactive, double search) = await Opening.TimeAsync(tab, path);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"       {new FileInfo(path).Length / 1024.0 / 1024:0.0} MiB: loaded after {load:0} ms, interactive after {interactive:0} ms, first search {search:0} ms"));
        Check.Equal("12 runbooks found.", await tab.TextAsync(Found), "the search");
        await tab.EvaluateAsync("document.getElementById('query').select()");
        await tab.TypeAsync("runbook");
        Check.Equal("20,000 runbooks found.", await tab.TextAsync(Found), "all of them");
        Check.Equal("100 Show 100 more of 19,900", await tab.TextAsync("document.querySelectorAll('#results li').length + ' ' + document.querySelector('#results .more').textContent"), "the first of them");
        await tab.ClickAsync("document.querySelector('#results .more')");
        Check.Equal("200 100", await tab.TextAsync($"document.querySelectorAll('#results li').length + ' ' + [...document.querySelectorAll('#results li')].indexOf({Focused}.parentElement)"), "more of them, and where the focus is");
        await tab.EvaluateAsync("document.getElementById('query').value = ''; document.getElementById('query').dispatchEvent(new Event('input'))");
        Check.Equal(41, await tab.NumberAsync("document.querySelectorAll('[role=treeitem]').length"), "items before anything is unfolded");
        await tab.ClickAsync("document.querySelector('[aria-level=\"2\"] > .row')");
        await tab.ClickAsync("document.querySelector('[aria-level=\"3\"] > .row')");
        Check.Equal("20", await tab.TextAsync("document.querySelectorAll('[aria-level=\"4\"]').length"), "runbooks of one folder");
        await CloseQuietlyAsync(tab);
    }
}
