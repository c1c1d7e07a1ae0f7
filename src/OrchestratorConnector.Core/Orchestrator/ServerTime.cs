using System;
using System.Globalization;
using System.Runtime.CompilerServices;
using OrchestratorConnector.Compatibility;

namespace OrchestratorConnector.Orchestrator;

/// <summary>
/// The servers' times, read in one place because the facts contradict each other (A.4, B.4). A time with an offset or a
/// <c>Z</c> means what it says. One without is taken as UTC: two independent clients of the Atom service read its
/// <c>d:</c> values so, while the entry's <c>published</c> stamps the same clock time with the server's offset.
/// </summary>
internal static class ServerTime
{
    private const int TicksDigits = 7;

    // yyyy-MM-ddTHH:mm:ss
    private const int SecondsLength = 19;

    /// <summary>Reads a time with any number of fraction digits.</summary>
    /// <returns>The moment in UTC, or <see langword="null"/> when the text is no time.</returns>
    public static DateTime? Parse(string text) => ParseUsual(text) ?? ParseAny(text.Trim());

    /// <summary>
    /// The form that the servers write. Every runbook has two or three of them, and the framework, which reads any form of any
    /// culture, takes ten times as long.
    /// </summary>
    /// <returns><see langword="null"/> for every other form, and for what is out of range.</returns>
    [MethodImpl(Compile.AtOnce)]
    private static DateTime? ParseUsual(string text)
    {
        if (text.Length < SecondsLength || text[4] != '-' || text[7] != '-' || text[10] != 'T' || text[13] != ':' || text[16] != ':')
        {
            return null;
        }

        int year = (Two(text, 0) * 100) + Two(text, 2);
        int month = Two(text, 5);
        int day = Two(text, 8);
        int hour = Two(text, 11);
        int minute = Two(text, 14);
        int second = Two(text, 17);
        bool isInRange = year is >= 1 and <= 9999 && month is >= 1 and <= 12 && day >= 1 && (uint)hour < 24 && (uint)minute < 60 && (uint)second < 60
            && Two(text, 0) >= 0 && Two(text, 2) >= 0;
        if (!isInRange || day > DateTime.DaysInMonth(year, month))
        {
            return null;
        }

        int position = SecondsLength;
        long ticks = new DateTime(year, month, day, hour, minute, second).Ticks + Fraction(text, ref position);
        if (Offset(text, position) is not { } offset)
        {
            return null;
        }

        ticks -= offset;
        return ticks >= DateTime.MinValue.Ticks && ticks <= DateTime.MaxValue.Ticks ? new DateTime(ticks, DateTimeKind.Utc) : null;
    }

    /// <summary>The ticks of a fraction, whose digits beyond a tick do not count; none when there is no point with digits.</summary>
    private static long Fraction(string text, ref int position)
    {
        if (position + 1 >= text.Length || text[position] != '.' || !IsDigit(text[position + 1]))
        {
            return 0;
        }

        long ticks = 0;
        int digits = 0;
        for (position++; position < text.Length && IsDigit(text[position]); position++)
        {
            if (digits < TicksDigits)
            {
                ticks = (ticks * 10) + text[position] - '0';
                digits++;
            }
        }

        for (; digits < TicksDigits; digits++)
        {
            ticks *= 10;
        }

        return ticks;
    }

    /// <summary>The ticks of the offset that the text ends with: none, <c>Z</c>, or hours and minutes of at most 14 hours.</summary>
    private static long? Offset(string text, int position)
    {
        switch (text.Length - position)
        {
            case 0:
            case 1 when text[position] == 'Z':
                return 0;
            case 6 when text[position] is '+' or '-' && text[position + 3] == ':':
                int hours = Two(text, position + 1);
                int minutes = Two(text, position + 4);
                long offset = (hours * TimeSpan.TicksPerHour) + (minutes * TimeSpan.TicksPerMinute);
                bool isInRange = hours >= 0 && (uint)minutes < 60 && offset <= 14 * TimeSpan.TicksPerHour;
                return !isInRange ? null : text[position] == '-' ? -offset : offset;
            default:
                return null;
        }
    }

    /// <summary>A number of two digits, or one below zero.</summary>
    private static int Two(string text, int position) =>
        IsDigit(text[position]) && IsDigit(text[position + 1]) ? ((text[position] - '0') * 10) + text[position + 1] - '0' : -1;

    private static bool IsDigit(char c) => c is >= '0' and <= '9';

    private static DateTime? ParseAny(string text) =>
        DateTimeOffset.TryParse(Shorten(text), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset time)
            ? time.UtcDateTime
            : null;

    /// <summary>Cuts fraction digits that a .NET time cannot hold.</summary>
    private static string Shorten(string text)
    {
        int point = text.IndexOf('.');
        if (point < 0)
        {
            return text;
        }

        int end = point + 1;
        while (end < text.Length && IsDigit(text[end]))
        {
            end++;
        }

        int keep = point + 1 + TicksDigits;
        return end <= keep ? text : text.Remove(keep, end - keep);
    }
}
