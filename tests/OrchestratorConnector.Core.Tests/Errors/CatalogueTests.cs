using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using OrchestratorConnector.Errors;
using OrchestratorConnector.Model;
using Xunit;

namespace OrchestratorConnector.Core.Tests.Catalogue;

/// <summary>One page of errors: each id once, each with a message, none of them swallowing its cause.</summary>
public sealed class CatalogueTests
{
    private static readonly MethodInfo[] Factories =
    [
        .. typeof(Error).GetMethods(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly)
            .Where(m => m.ReturnType == typeof(OrchestratorException) && !m.IsPrivate),
    ];

    public static TheoryData<string> Ids => [.. Factories.Select(f => f.Name)];

    [Fact]
    public void Every_id_stands_once()
    {
        Assert.True(Factories.Length > 40);
        Assert.Equal(Factories.Length, Factories.Select(f => f.Name).Distinct(StringComparer.OrdinalIgnoreCase).Count());
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void Every_error_has_its_methods_name_and_a_message(string id)
    {
        MethodInfo factory = Factories.Single(f => f.Name == id);
        InvalidOperationException cause = new("the cause.");
        object?[] values = [.. factory.GetParameters().Select(p => Value(p.ParameterType, cause))];

        OrchestratorException error = (OrchestratorException)factory.Invoke(null, values)!;

        Assert.Equal(id, error.Id);
        Assert.True(error.Message.Length > 10);
        Assert.True(char.IsUpper(error.Message[0]) || !char.IsLetter(error.Message[0]) || error.Message.StartsWith("http", StringComparison.Ordinal) || error.Message.StartsWith("text", StringComparison.Ordinal), error.Message);
        Assert.True(Enum.IsDefined(error.Kind));
        Assert.DoesNotContain("System.", error.Message, StringComparison.Ordinal);
        Assert.Matches(@"[.?)\]…]$", error.Message);
        if (error.Hint is { } hint)
        {
            Assert.EndsWith(hint, error.Message, StringComparison.Ordinal);
        }

        if (Array.Exists(factory.GetParameters(), p => p.ParameterType == typeof(Exception)))
        {
            Assert.Same(cause, error.InnerException);
        }
    }

    [Fact]
    public void Nobody_else_can_make_one() =>
        Assert.Empty(typeof(OrchestratorException).GetConstructors(BindingFlags.Instance | BindingFlags.Public));

    [Theory]
    [InlineData("Prod", "Production,Test", "Production")]
    [InlineData("Prodution", "Production,Test", "Production")]
    [InlineData("production", "Production", "Production")]
    [InlineData("Tset", "Rest,Production,Test", "Test")]
    [InlineData("xyz", "Production,Test", "")]
    [InlineData("ab", "abc,abd,abe,abf", "abc,abd,abe")]
    [InlineData("anything", "", "")]
    public void Near_names(string wrong, string candidates, string near)
    {
        IEnumerable<string> found = NearNames.Find(wrong, candidates.Split(',', StringSplitOptions.RemoveEmptyEntries));

        Assert.Equal(near.Split(',', StringSplitOptions.RemoveEmptyEntries), found);
    }

    [Fact]
    public void A_list_of_near_names_is_short_and_nearest_first()
    {
        string[] candidates = [.. Enumerable.Range(0, 1000).Select(i => "Connector " + i), "Connector"];

        string[] near = [.. NearNames.Find("connecto", candidates)];

        Assert.Equal(3, near.Length);
        Assert.Equal("Connector", near[0]);
    }

    private static readonly LibraryRunbook Runbook = new()
    {
        ConnectorId = 1,
        Connector = "Production",
        Runbook = new Runbook { Id = Guid.NewGuid(), FolderId = Guid.NewGuid(), Name = "Name", Path = @"\Folder\Name" },
        Status = RunbookStatus.Invalid,
        StatusReason = "Its contract changed.",
    };

    private static object? Value(Type type, Exception cause) => type switch
    {
        _ when type == typeof(string) => "text.",
        _ when type == typeof(Uri) => new Uri("http://sco:81/api"),
        _ when type == typeof(Exception) => cause,
        _ when type == typeof(int) => 7,
        _ when type == typeof(long) => 7L,
        _ when type == typeof(bool) => true,
        _ when type == typeof(TimeSpan) => TimeSpan.FromSeconds(7),
        _ when type == typeof(TimeSpan?) => TimeSpan.FromSeconds(7),
        _ when type == typeof(Guid) => Guid.NewGuid(),
        _ when type == typeof(ErrorKind) => ErrorKind.InvalidOperation,
        _ when type == typeof(LibraryRunbook) => Runbook,
        _ when type == typeof(JobRecord) => new JobRecord { ConnectorId = 1, Connector = "Production", RunbookId = Runbook.Runbook.Id, Runbook = "Name", RunbookPath = @"\Folder\Name", Error = "text." },
        _ when type.IsAssignableFrom(typeof(LibraryRunbook[])) => new[] { Runbook },
        _ when type.IsAssignableFrom(typeof(ServerJob[])) => new[] { new ServerJob { Id = Guid.NewGuid(), RunbookId = Runbook.Runbook.Id, Status = JobStatus.Pending } },
        _ when type.IsAssignableFrom(typeof(string[])) => new[] { "texts", "other" },
        _ => throw new NotSupportedException($"The test knows no value of {type}."),
    };
}
