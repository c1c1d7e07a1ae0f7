using System;
using System.IO;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace OrchestratorConnector.Report;

/// <summary>The page's fixed parts, which stand beside this file as they are: page.html, style.css, script.js.</summary>
internal static class Page
{
    private static readonly Lazy<string> FrameText = new(() => Read("page.html"));
    private static readonly Lazy<string> StyleText = new(() => Read("style.css"));
    private static readonly Lazy<string> ScriptText = new(() => Read("script.js"));

    public static string Style => StyleText.Value;

    public static string Script => ScriptText.Value;

    /// <summary>What the page may load and run: nothing but its own style and script, known by their hashes.</summary>
    public static string Policy =>
        $"default-src 'none'; style-src '{Hash(Style)}'; script-src '{Hash(Script)}'; base-uri 'none'; form-action 'none'";

    /// <summary>Writes the frame, and asks for what belongs at each <c>{{place}}</c> when it gets there.</summary>
    public static void Fill(TextWriter text, Action<string> place)
    {
        string frame = FrameText.Value;
        int written = 0;
        foreach (Match match in Regex.Matches(frame, @"\{\{(\w+)\}\}"))
        {
            text.Write(frame.Substring(written, match.Index - written));
            place(match.Groups[1].Value);
            written = match.Index + match.Length;
        }

        text.Write(frame.Substring(written));
    }

    private static string Hash(string text)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
#if NETSTANDARD2_0
        using SHA256 sha = SHA256.Create();
        byte[] hash = sha.ComputeHash(bytes);
#else
        byte[] hash = SHA256.HashData(bytes);
#endif
        return "sha256-" + Convert.ToBase64String(hash);
    }

    // A reader of HTML makes every line end a line feed before it takes the hash.
    private static string Read(string name)
    {
        using StreamReader reader = new(typeof(Page).Assembly.GetManifestResourceStream(typeof(Page), name)!);
        return reader.ReadToEnd().Replace("\r\n", "\n");
    }
}
