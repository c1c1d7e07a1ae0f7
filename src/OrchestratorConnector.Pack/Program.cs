using System;
using System.IO;

namespace OrchestratorConnector.Pack;

/// <summary>
/// <c>manifest</c> writes the manifest as it is shipped, when the module is staged; <c>package</c> makes the package of the
/// staged folder and its bill of materials.
/// </summary>
internal static class Program
{
    private const string Usage = """
        manifest <manifest> <changelog> <target> [<project address> [<license address>]]
        package <module folder> <project.assets.json> <target folder>
        """;

    private static int Main(string[] args)
    {
        try
        {
            switch (args)
            {
                case ["manifest", string manifest, string changelog, string target, .. string[] links] when links.Length <= 2:
                    ModuleManifest.Read(manifest).Stage(Changelog.Read(changelog), links.Length > 0 ? links[0] : "", links.Length > 1 ? links[1] : "").Write(target);
                    return 0;
                case ["package", string module, string assets, string target]:
                    Console.WriteLine(ModulePackage.Make(module, assets, target));
                    return 0;
                default:
                    Console.Error.WriteLine(Usage);
                    return 2;
            }
        }
        catch (PackException e)
        {
            // The form that a build shows as its own error.
            Console.Error.WriteLine($"pack : error PACK01: {e.Message}");
            return 1;
        }
        catch (IOException e)
        {
            Console.Error.WriteLine($"pack : error PACK02: {e.Message}");
            return 1;
        }
    }
}
