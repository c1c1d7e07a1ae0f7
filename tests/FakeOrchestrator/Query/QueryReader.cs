using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.RegularExpressions;

namespace FakeOrchestrator;

/// <summary>Reads the query options of a request to a collection, or refuses them in the words of the generation.</summary>
internal sealed partial class QueryReader
{
    internal const string CountDisabled = "The ability of the data service to return row count information is disabled. To enable this functionality, set the DataServiceConfiguration.AcceptCountRequests property to true.";

    private readonly QueryDialect _dialect;
    private readonly Quirks _quirks;
    private readonly Func<string, EdmType?> _findSet;

    internal QueryReader(QueryDialect dialect, Quirks quirks, Func<string, EdmType?> findSet)
    {
        _dialect = dialect;
        _quirks = quirks;
        _findSet = findSet;
    }

    internal CollectionQuery Read(EdmType type, QueryString query)
    {
        EntityShape shape = ReadShape(type, query);
        string? filter = query["$filter"];
        string? order = query["$orderby"];
        return new CollectionQuery(shape)
        {
            SelectionText = filter is null && order is null ? "" : $"{filter}\n{order}",
            Filter = filter is null ? null : FilterParser.Parse(filter, type, _dialect, _quirks),
            Order = Order(type, order),
            Skip = _quirks.SupportsSkip || query["$skip"] is null
                ? Number(query, "$skip")
                : throw RequestException.BadRequest("The query option $skip is not supported."),
            Top = Number(query, "$top"),
            After = After(query["$skiptoken"]),
            Count = Count(query),
        };
    }

    /// <summary>For a single entity nothing but its shape can be asked for.</summary>
    internal EntityShape ReadSingle(EdmType type, QueryString query)
    {
        string[] refused = ["$filter", "$orderby", "$inlinecount", "$count", "$skip", "$top", "$skiptoken"];
        return refused.Any(option => query[option] is not null)
            ? throw RequestException.BadRequest("Query options $orderby, $inlinecount, $skip and $top cannot be applied to the requested resource.")
            : ReadShape(type, query);
    }

    private EntityShape ReadShape(EdmType type, QueryString query)
    {
        foreach ((string name, _) in query.Options)
        {
            if (name.StartsWith('$') && !_dialect.Options.Contains(name))
            {
                throw RequestException.BadRequest(_dialect.UnknownOption(name));
            }
        }

        string? select = query["$select"];
        if (select is not null && !_quirks.SupportsSelect)
        {
            throw RequestException.BadRequest("The ability to use the $select query option to define a projection in a data service query is disabled. To enable this functionality, set the DataServiceConfiguration. AcceptProjectionRequests property to true.");
        }

        EntityShape shape = new ShapeReader(_dialect, _findSet).Read(type, select, query["$expand"]);
        return !_quirks.SupportsExpandParameters && shape.Navigations.Any(navigation => navigation is { Navigation.Name: "Parameters", Expanded: not null })
            ? throw RequestException.BadRequest("The request includes an $expand path that is too deep. The maximum depth supported is 0.")
            : shape;
    }

    private List<(EdmProperty Property, bool Descending)> Order(EdmType type, string? text)
    {
        var order = new List<(EdmProperty, bool)>();
        foreach (string item in (text ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            string[] words = item.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (words.Length > 2 || (words.Length == 2 && words[1] is not ("asc" or "desc")))
            {
                throw RequestException.BadRequest(_dialect.SyntaxError(words[0].Length + 1));
            }

            EdmProperty property = type.FindProperty(words[0], _dialect.IgnoreCase)
                ?? throw RequestException.BadRequest(_dialect.UnknownProperty(words[0], type, 0));
            order.Add((property, words is [_, "desc"]));
        }

        return order;
    }

    private int? Number(QueryString query, string option)
    {
        if (query[option] is not { } text)
        {
            return null;
        }

        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number)
            ? number
            : throw RequestException.BadRequest(_dialect.BadNumber(option, text));
    }

    /// <summary>The key stands last; with an order the values of the row stand before it.</summary>
    private static Guid? After(string? token)
    {
        if (token is null)
        {
            return null;
        }

        Match key = KeyAtTheEnd().Match(token);
        return key.Success && Guid.TryParse(key.Value, out Guid id)
            ? id
            : throw RequestException.BadRequest($"The value '{token}' for $skiptoken is not valid.");
    }

    private bool Count(QueryString query)
    {
        string option = _dialect == QueryDialect.V2 ? "$inlinecount" : "$count";
        switch (query[option]?.ToLowerInvariant())
        {
            case null or "none" or "false":
                return false;
            case "allpages" or "true" when _dialect == QueryDialect.V4 || _quirks.SupportsInlineCount:
                return true;
            case "allpages":
                throw RequestException.BadRequest(CountDisabled);
            default:
                throw RequestException.BadRequest(_dialect.PrefixedLiterals ? "Unknown $inlinecount option, only \"allpages\" and \"none\" are supported." : _dialect.BadNumber(option, query[option]!));
        }
    }

    [GeneratedRegex("[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}(?='?$)")]
    private static partial Regex KeyAtTheEnd();
}
