using System;
using System.Collections.Generic;
using OrchestratorConnector.Scheduling;
using Xunit;

namespace OrchestratorConnector.Core.Tests.Scheduling;

/// <summary>Arguments as one line, by the rules of Windows and of a shell of Unix.</summary>
public sealed class CommandLineTests
{
    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("two words", "\"two words\"")]
    [InlineData("", "\"\"")]
    [InlineData("a\"b", "\"a\\\"b\"")]
    [InlineData(@"C:\folder\file", @"C:\folder\file")]
    [InlineData(@"C:\a folder\", "\"C:\\a folder\\\\\"")]
    [InlineData(@"C:\folder\", @"C:\folder\")]
    [InlineData("a\\\"b c", "\"a\\\\\\\"b c\"")]
    public void Windows(string argument, string line)
    {
        Assert.Equal(line, CommandLine.Join([argument]));
        Assert.Equal([argument], CommandLine.Split(line));
    }

    [Theory]
    [InlineData("a  b\tc", "a,b,c")]
    [InlineData("\"a b\"c d", "a bc,d")]
    [InlineData("a\"b c\"d", "ab cd")]
    [InlineData("\\\\server\\share x", "\\\\server\\share,x")]
    [InlineData("\"open end", "open end")]
    public void Windows_of_others(string line, string arguments) => Assert.Equal(arguments.Split(','), CommandLine.Split(line));

    [Theory]
    [InlineData("plain", "'plain'")]
    [InlineData("two words", "'two words'")]
    [InlineData("", "''")]
    [InlineData("it's", @"'it'\''s'")]
    [InlineData("$HOME `id` \"x\" !", "'$HOME `id` \"x\" !'")]
    public void Unix(string word, string line)
    {
        Assert.Equal(line, ShellWords.Join([word]));
        Assert.Equal([word], ShellWords.Split(line));
    }

    [Fact]
    public void Any_list_comes_back_as_it_was()
    {
        const string Signs = "ab \\\"'$ü";
        Random random = new(7);
        for (int i = 0; i < 20_000; i++)
        {
            List<string> words = [];
            for (int w = random.Next(1, 5); w > 0; w--)
            {
                words.Add(new string(random.GetItems<char>(Signs, random.Next(0, 7))));
            }

            Assert.Equal(words, CommandLine.Split(CommandLine.Join(words)));
            Assert.Equal(words, ShellWords.Split(ShellWords.Join(words)));
        }
    }
}
