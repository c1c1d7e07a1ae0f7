using System;
using System.Collections.Generic;

namespace FakeOrchestrator;

/// <summary>
/// An activity of a runbook. Nothing of it is kept in the source: it follows from the runbook whenever it is asked for. Its id
/// is the runbook's with the number of the activity worked in, so that it leads back to the runbook without an index.
/// </summary>
public sealed class SourceActivity : SourceEntity
{
    /// <summary>The most activities that a runbook can have.</summary>
    public const int Most = 32;

    /// <summary>Bytes of a guid that say nothing but that this is no runbook's.</summary>
    private const byte Mask = 0xA5;

    /// <summary>The byte that counts least in the order of the keys.</summary>
    private const int NumberByte = 3;

    /// <summary>What runs between the first activity and the last. Of the words <c>Run .Net Script</c> alone was seen (facts A.2).</summary>
    private static readonly string[] Middle = ["Run .Net Script", "Query Database", "Send Email"];

    private readonly SourceRunbook _runbook;
    private readonly int _number;

    private SourceActivity(Guid id, SourceRunbook runbook, int number, string name)
        : base(id)
    {
        _runbook = runbook;
        _number = number;
        Name = name;
    }

    /// <summary>The runbook.</summary>
    public Guid RunbookId => _runbook.Id;

    /// <summary>The name.</summary>
    public string Name { get; }

    /// <summary>The kind: the standard name of the activity (facts A.2).</summary>
    public string TypeName => _runbook.ActivityNames is null || _number == 0 || _number == CountOf(_runbook) - 1
        ? Generated(_runbook, _number, CountOf(_runbook))
        : Middle[0];

    /// <summary>The description, none.</summary>
    public string? Description { get; }

    /// <summary>When it was created, UTC: with its runbook.</summary>
    public DateTime CreationTime => _runbook.CreationTime;

    /// <summary>Who created it.</summary>
    public string CreatedBy => _runbook.CreatedBy ?? "S-1-5-500";

    /// <summary>When it was changed last, UTC: with its runbook.</summary>
    public DateTime LastModifiedTime => _runbook.LastModifiedTime;

    /// <summary>Who changed it last.</summary>
    public string LastModifiedBy => _runbook.LastModifiedBy;

    /// <summary>Whether it takes part.</summary>
    public bool Enabled { get; } = true;

    /// <summary>Its place on the drawing; negative ones occur (facts A.2).</summary>
    public int? PositionX => (_number * 120) - 60;

    /// <summary>Its place on the drawing.</summary>
    public int? PositionY => 80;

    /// <summary>The activities of a runbook in the order in which they run.</summary>
    public static IReadOnlyList<SourceActivity> Of(SourceRunbook runbook)
    {
        ArgumentNullException.ThrowIfNull(runbook);
        int count = CountOf(runbook);
        var activities = new SourceActivity[count];
        for (int i = 0; i < count; i++)
        {
            activities[i] = new SourceActivity(IdOf(runbook.Id, i), runbook, i, runbook.ActivityNames?[i] ?? Generated(runbook, i, count));
        }

        return activities;
    }

    /// <summary>The runbooks to which an activity of this id could belong.</summary>
    internal static IEnumerable<Guid> PossibleRunbooks(Guid id)
    {
        for (int i = 0; i < Most; i++)
        {
            yield return IdOf(id, i);
        }
    }

    /// <summary>One way and back again.</summary>
    private static Guid IdOf(Guid id, int number)
    {
        Span<byte> bytes = stackalloc byte[16];
        _ = id.TryWriteBytes(bytes);
        bytes[0] ^= Mask;
        bytes[1] ^= Mask;
        bytes[2] ^= Mask;
        bytes[NumberByte] ^= (byte)(number + 1);
        return new Guid(bytes);
    }

    private static int CountOf(SourceRunbook runbook)
    {
        if (runbook.ActivityNames is { } names)
        {
            return names.Count;
        }

        Span<byte> bytes = stackalloc byte[16];
        _ = runbook.Id.TryWriteBytes(bytes);
        return 3 + (bytes[0] % Middle.Length);
    }

    private static string Generated(SourceRunbook runbook, int number, int count)
    {
        return number == 0
            ? runbook.IsMonitor ? "Monitor Date/Time" : "Initialize Data"
            : number == count - 1 ? "Return Data" : Middle[(number - 1) % Middle.Length];
    }
}
