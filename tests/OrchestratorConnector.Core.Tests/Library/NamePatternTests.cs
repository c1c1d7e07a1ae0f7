using System;
using System.Linq;
using Microsoft.Data.Sqlite;
using OrchestratorConnector.Library;
using Xunit;

namespace OrchestratorConnector.Core.Tests.Libraries;

/// <summary>PowerShell's wildcards, and the same in the words of the database.</summary>
public sealed class NamePatternTests
{
    [Theory]
    [InlineData("", "", true)]
    [InlineData("", "a", false)]
    [InlineData("Name", "NAME", true)]
    [InlineData("Name", "Name ", false)]
    [InlineData("größe", "GRÖSSE", false)]
    [InlineData("größe", "GRÖßE", true)]
    [InlineData("*", "", true)]
    [InlineData("*", "anything", true)]
    [InlineData("**", "anything", true)]
    [InlineData("a*", "A", true)]
    [InlineData("a*", "ba", false)]
    [InlineData("*a", "aba", true)]
    [InlineData("*a*", "xAx", true)]
    [InlineData("a*b*c", "a1b2b3c", true)]
    [InlineData("a*b*c", "acb", false)]
    [InlineData("a*ab", "aaab", true)]
    [InlineData("?", "", false)]
    [InlineData("?", "a", true)]
    [InlineData("?", "ab", false)]
    [InlineData("a?c", "abc", true)]
    [InlineData("?*", "a", true)]
    [InlineData("[ab]", "A", true)]
    [InlineData("[ab]", "c", false)]
    [InlineData("[ab]", "ab", false)]
    [InlineData("[a-c]x", "Bx", true)]
    [InlineData("[a-c]x", "dx", false)]
    [InlineData("[a-c1-3]", "2", true)]
    [InlineData("[a-c1-3]", "4", false)]
    [InlineData("[-a]", "-", true)]
    [InlineData("[a-]", "-", true)]
    [InlineData("[.]", ".", true)]
    [InlineData("[.]", "x", false)]
    // In PowerShell neither ^ nor ! turns a set round.
    [InlineData("[^a]", "^", true)]
    [InlineData("[^a]", "a", true)]
    [InlineData("[^a]", "b", false)]
    [InlineData("[!a]", "!", true)]
    [InlineData("[!a]", "b", false)]
    // A range from behind to before holds nothing, also when it is so only in capitals.
    [InlineData("[9-0]", "5", false)]
    [InlineData("[9-0]", "", false)]
    [InlineData("[z-a]x]", "x", false)]
    [InlineData("*[9-0]x", "9x", false)]
    [InlineData("*[z-a]x]*", "ax]", false)]
    [InlineData("[_-z]", "a", false)]
    [InlineData("[9-05]", "5", true)]
    [InlineData("[^-z]", "^", false)]
    [InlineData("[^-_]", "_", true)]
    [InlineData("[--/-]", ".", true)]
    [InlineData("[--/-]", "-", true)]
    [InlineData("[a--/]", ".", false)]
    [InlineData("[+--]", ",", true)]
    [InlineData("[--]", "-", true)]
    [InlineData("[z-a^]", "^", true)]
    // One character, although it takes two units of UTF-16.
    [InlineData("?", "\U0001F680", true)]
    [InlineData("??", "\U0001F680", false)]
    [InlineData("*?x", "\U0001F680\U0001F680x", true)]
    [InlineData("*??x", "\U0001F680xy", false)]
    [InlineData("\U0001F680?", "\U0001F680\U0001F680", true)]
    [InlineData("*\U0001F680", "a\U0001F680", true)]
    [InlineData("[*]", "*", true)]
    [InlineData("[*]", "a", false)]
    [InlineData("[?]", "a", false)]
    [InlineData("[[]", "[", true)]
    [InlineData("`*", "*", true)]
    [InlineData("`*", "a", false)]
    [InlineData("`?", "a", false)]
    [InlineData("`[a`]", "[a]", true)]
    [InlineData("``", "`", true)]
    [InlineData("a`b", "ab", true)]
    [InlineData("R&D (x) {y} $z ^w .v +u |t \\s", "r&d (X) {y} $z ^w .v +u |t \\s", true)]
    [InlineData(@"\A\*", @"\a\B\c", true)]
    [InlineData("漢*", "漢字", true)]
    public void PowerShells_wildcards(string pattern, string name, bool fits)
    {
        Assert.Equal(fits, NamePattern.Parse(pattern).IsMatch(name));
        Assert.Equal(fits, Glob(NamePattern.Parse(pattern), name));
    }

    [Theory]
    [InlineData("Name", "Name")]
    [InlineData("", "")]
    [InlineData("`*x`[", "*x[")]
    [InlineData("a[", "a[")]
    [InlineData("a]", "a]")]
    [InlineData("a*", null)]
    [InlineData("a?", null)]
    [InlineData("[a]", null)]
    public void A_name_without_a_wildcard_is_a_literal(string pattern, string? literal)
    {
        NamePattern parsed = NamePattern.Parse(pattern);

        Assert.Equal(literal, parsed.Literal);
        Assert.Equal((pattern, pattern), (parsed.Text, parsed.ToString()));
    }

    [Theory]
    [InlineData("*")]
    [InlineData("a[b]`c?")]
    [InlineData("[")]
    [InlineData("")]
    public void An_exact_name_means_itself(string name)
    {
        NamePattern exact = NamePattern.Exactly(name);

        Assert.Equal(name, exact.Literal);
        Assert.True(exact.IsMatch(name));
        Assert.False(exact.IsMatch(name + "x"));
        Assert.True(Glob(exact, name));
        Assert.False(Glob(exact, name + "x"));
    }

    [Fact]
    public void The_database_finds_what_the_pattern_fits()
    {
        const string PatternLetters = "aAbzä*?[]-^!`\\.1";
        const string NameLetters = "aAbBzäÄ*?[]-^!`\\.1";
        Random random = new(11);
        using SqliteConnection connection = Connect();
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = "SELECT $name GLOB $glob";
        SqliteParameter name = command.Parameters.AddWithValue("$name", "");
        SqliteParameter glob = command.Parameters.AddWithValue("$glob", "");
        int fits = 0;
        for (int i = 0; i < 60_000; i++)
        {
            string text = Word(PatternLetters, 7);
            string candidate = random.Next(2) == 0 ? Word(NameLetters, 5) : Shuffled(text);
            NamePattern pattern = NamePattern.Parse(text);
            name.Value = NamePattern.Key(candidate);
            glob.Value = pattern.ToGlob();
            bool found = (long)command.ExecuteScalar()! == 1;
            bool wanted = pattern.IsMatch(candidate);
            fits += wanted ? 1 : 0;
            Assert.True(wanted == found, $"'{text}' (GLOB '{glob.Value}') and '{candidate}': {wanted}, and in the database {found}");
        }

        // Else it would prove nothing.
        Assert.InRange(fits, 3_000, 57_000);

        string Word(string letters, int most) => string.Concat(Enumerable.Range(0, random.Next(most + 1)).Select(_ => letters[random.Next(letters.Length)]));

        string Shuffled(string text) => string.Concat(text.Select(c => random.Next(3) == 0 ? NameLetters[random.Next(NameLetters.Length)] : c));
    }

    [Fact]
    public void A_pattern_that_backtracks_is_no_trap()
    {
        NamePattern pattern = NamePattern.Parse(string.Concat(Enumerable.Repeat("*a", 40)) + "b");

        Assert.False(pattern.IsMatch(new string('a', 5000)));
    }

    private static bool Glob(NamePattern pattern, string name)
    {
        using SqliteConnection connection = Connect();
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = "SELECT $name GLOB $glob";
        command.Parameters.AddWithValue("$name", NamePattern.Key(name));
        command.Parameters.AddWithValue("$glob", pattern.ToGlob());
        return (long)command.ExecuteScalar()! == 1;
    }

    private static SqliteConnection Connect()
    {
        SQLitePCL.Batteries_V2.Init();
        SqliteConnection connection = new("Data Source=:memory:");
        connection.Open();
        return connection;
    }
}
