using System;
using System.ComponentModel;
using System.Threading.Tasks;

namespace OrchestratorConnector.MonoLab;

/// <summary>
/// Proves the build for Windows PowerShell on another runtime that implements .NET Framework, as far as that goes: Mono loads the
/// staged module through its own resolver, and runs its cmdlets in the double against FakeOrchestrator. Ends with a line
/// "MonoLab: N passed, N failed".
/// </summary>
internal static class Program
{
    private static async Task<int> Main()
    {
        MonoPrompt mono;
        try
        {
            mono = MonoPrompt.Start();
        }
        catch (Win32Exception)
        {
            Console.WriteLine("There is no Mono on PATH.");
            return 1;
        }

        int passed = 0;
        int failed = 0;
        using (mono)
        {
            foreach ((string name, Func<Lab, Task> run) in Cases.All)
            {
                try
                {
                    await using Lab lab = await Lab.OpenAsync(mono);
                    await run(lab);
                    passed++;
                    Console.WriteLine($"ok     {name}");
                }
                catch (Exception e)
                {
                    failed++;
                    Console.WriteLine($"FAILED {name}: {(e is LabException ? e.Message : e)}");
                }
            }
        }

        Console.WriteLine($"MonoLab: {passed} passed, {failed} failed");
        return failed == 0 ? 0 : 1;
    }
}
