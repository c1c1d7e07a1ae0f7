using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;

namespace OrchestratorConnector.Help;

/// <summary>
/// Writes the help file of a module's assembly from its metadata and its doc comments. What is lacking is an error of the
/// build, one line each in MSBuild's form; then nothing is written.
/// </summary>
internal static class Program
{
    private static int Main(string[] arguments)
    {
        if (arguments.Length != 2)
        {
            Console.Error.WriteLine("OrchestratorConnector.Help : error HELP000: Expected are the path of the assembly and the path of the help file.");
            return 2;
        }

        Gaps gaps = new();
        DocComments comments = DocComments.Load(Path.ChangeExtension(arguments[0], ".xml"), gaps);
        IReadOnlyList<CmdletHelp> cmdlets = new CmdletReader(comments, gaps).Read(arguments[0]);
        foreach (string gap in gaps.Lines)
        {
            Console.Error.WriteLine(gap);
        }

        if (gaps.Lines.Any())
        {
            return 1;
        }

        MamlWriter.Write(arguments[1], cmdlets);
        return 0;
    }
}
