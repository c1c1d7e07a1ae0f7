using System;
using System.Collections;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Double;
using System.Reflection;
using System.Security;
using System.Text;
using System.Threading;

namespace OrchestratorConnector.MonoLab.Host;

/// <summary>
/// A prompt for another process: imports the staged module in the double of the shell and runs the lines that it is sent. Each
/// line is a verb and its arguments, each answer some lines of a kind and its values, and a line <c>end</c>; all values are
/// Base64.
/// </summary>
internal static class Program
{
    private static void Main(string[] args)
    {
        Assembly module = Assembly.LoadFrom(args[0]);
        // Mono cannot even look at a class when it does not find the type of one of its fields; .NET Framework, as .NET, looks for
        // a reference type when it is used. So here the module says where its core is before the shell looks at its types.
        ((IModuleAssemblyInitializer)Activator.CreateInstance(module.GetType("OrchestratorConnector.Loading.ModuleInitializer", throwOnError: true)!)!).OnImport();
        using Shell shell = new(module);
        RunningInvocation? running = null;
        while (Console.ReadLine() is { } line)
        {
            string[] words = [.. line.Split(' ').Select((word, i) => i == 0 ? word : Encoding.UTF8.GetString(System.Convert.FromBase64String(word)))];
            switch (words[0])
            {
                case "environment":
                    Environment.SetEnvironmentVariable(words[1], words[2]);
                    break;
                case "culture":
                    CultureInfo.DefaultThreadCurrentCulture = Thread.CurrentThread.CurrentCulture = new CultureInfo(words[1]);
                    break;
                case "credential":
                    shell.Variables[words[1]] = new PSCredential(words[2], Secure(words[3]));
                    break;
                case "table":
                    Hashtable table = new(StringComparer.OrdinalIgnoreCase);
                    for (int i = 2; i < words.Length; i += 2)
                    {
                        table[words[i]] = words[i + 1];
                    }

                    shell.Variables[words[1]] = table;
                    break;
                case "cmdlets":
                    Write("value", [.. shell.Cmdlets.Select(c => c.Name)]);
                    break;
                case "runtime":
                    object? name = Type.GetType("Mono.Runtime")?.GetMethod("GetDisplayName", BindingFlags.NonPublic | BindingFlags.Static)?.Invoke(null, null);
                    Write("value", $"{name}", Environment.Version.ToString());
                    break;
                case "assemblies":
                    Write("value", [.. AppDomain.CurrentDomain.GetAssemblies().Where(a => !a.IsDynamic).Select(a => a.Location)]);
                    break;
                case "run":
                    Write(shell.Invoke(words[1]));
                    break;
                case "start":
                    running = shell.InvokeAsync(words[1]);
                    break;
                case "stop":
                    running!.Stop();
                    Write(running.Completion.GetAwaiter().GetResult());
                    break;
                default:
                    throw new InvalidDataException($"'{words[0]}' is not known.");
            }

            Write("end");
        }
    }

    private static void Write(ShellResult result)
    {
        foreach (object? output in result.Output.Where(o => o is not null))
        {
            Write("output", [.. PSObject.AsPSObject(output!).Properties.SelectMany(p => new[] { p.Name, Text(p.Value) })]);
        }

        foreach (ErrorRecord error in result.Errors.Concat(result.TerminatingError is { } last ? [last] : []))
        {
            Write("error", error.FullyQualifiedErrorId.Split(',')[0], error.Exception.ToString());
        }

        foreach (ShellRecord record in result.Records.Where(r => r.Stream is ShellStream.Verbose or ShellStream.Debug or ShellStream.Warning))
        {
            Write("said", Text(record.Value));
        }

        if (result.Stopped)
        {
            Write("stopped");
        }
    }

    private static string Text(object? value) => value switch
    {
        string text => text,
        IEnumerable many => string.Join("; ", many.Cast<object?>().Select(Text)),
        _ => System.Convert.ToString(value, CultureInfo.InvariantCulture) ?? string.Empty,
    };

    private static void Write(string kind, params string[] values)
        => Console.WriteLine(string.Join(" ", [kind, .. values.Select(v => System.Convert.ToBase64String(Encoding.UTF8.GetBytes(v)))]));

    private static SecureString Secure(string text)
    {
        SecureString secure = new();
        foreach (char c in text)
        {
            secure.AppendChar(c);
        }

        secure.MakeReadOnly();
        return secure;
    }
}
