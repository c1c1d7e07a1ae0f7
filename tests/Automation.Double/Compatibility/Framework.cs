#if NETSTANDARD2_0
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Runtime.InteropServices;

#pragma warning disable IDE0130 // Every part of the double looks here.
namespace System;

/// <summary>
/// What the double uses and .NET Standard 2.0 does not have, by the same names, so that the double runs on .NET Framework's kind too.
/// </summary>
internal static class Framework
{
    extension(ArgumentNullException)
    {
        internal static void ThrowIfNull(object? argument)
        {
            if (argument is null)
            {
                throw new ArgumentNullException(nameof(argument));
            }
        }
    }

    extension(ArgumentException)
    {
        internal static void ThrowIfNullOrEmpty(string? argument)
        {
            if (string.IsNullOrEmpty(argument))
            {
                throw new ArgumentException("The value is empty.");
            }
        }
    }

    extension(ArgumentOutOfRangeException)
    {
        internal static void ThrowIfNegative(int value) => ThrowIfLessThan(value, 0);

        internal static void ThrowIfLessThan(int value, int other)
        {
            if (value < other)
            {
                throw new ArgumentOutOfRangeException(nameof(value), value, "The value is too small.");
            }
        }
    }

    extension(char)
    {
        internal static bool IsAsciiDigit(char c) => c is >= '0' and <= '9';
    }

    extension(OperatingSystem)
    {
        internal static bool IsWindows() => RuntimeInformation.IsOSPlatform(OSPlatform.Windows);
    }

    extension(Path)
    {
        internal static string GetFullPath(string path, string basePath) => Path.GetFullPath(Path.Combine(basePath, path));

        internal static string TrimEndingDirectorySeparator(string path)
            => path.Length > Path.GetPathRoot(path).Length ? path.TrimEnd(Path.DirectorySeparatorChar, Path.AltDirectorySeparatorChar) : path;
    }

    extension(string text)
    {
        internal int IndexOf(char value, StringComparison comparison) => text.IndexOf(value.ToString(), comparison);

        internal bool Contains(char value) => text.IndexOf(value) >= 0;

        internal bool Contains(char value, StringComparison comparison) => text.IndexOf(value.ToString(), comparison) >= 0;

        internal bool Contains(string value, StringComparison comparison) => text.IndexOf(value, comparison) >= 0;

        internal bool StartsWith(char value) => text.Length > 0 && text[0] == value;

        internal bool EndsWith(char value) => text.Length > 0 && text[text.Length - 1] == value;

        internal string[] Split(char separator, StringSplitOptions options) => text.Split([separator], options);

        internal string ReplaceLineEndings(string lineEnding) => text.Replace("\r\n", "\n").Replace("\n", lineEnding);

        internal string Replace(string oldValue, string newValue, StringComparison comparison)
            => comparison == StringComparison.Ordinal ? text.Replace(oldValue, newValue) : throw new NotSupportedException();
    }

    extension<T>(IEnumerable<T> items)
    {
        internal IEnumerable<T> Order() => items.OrderBy(i => i);

        internal IEnumerable<T> Order(IComparer<T> comparer) => items.OrderBy(i => i, comparer);

        internal IEnumerable<T> DistinctBy<TKey>(Func<T, TKey> key) => items.GroupBy(key).Select(g => g.First());

        internal HashSet<T> ToHashSet(IEqualityComparer<T> comparer) => new(items, comparer);
    }

    extension<TKey, TValue>(IReadOnlyDictionary<TKey, TValue> table)
    {
        internal TValue? GetValueOrDefault(TKey key) => table.TryGetValue(key, out TValue value) ? value : default;
    }

    extension<TKey, TValue>(KeyValuePair<TKey, TValue> pair)
    {
        internal void Deconstruct(out TKey key, out TValue value)
        {
            key = pair.Key;
            value = pair.Value;
        }
    }
}
#endif
