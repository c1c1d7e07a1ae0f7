using System;
using System.Collections.Generic;
using System.Globalization;
using System.Text;

namespace FakeOrchestrator;

/// <summary>Writes feeds and entries to the letter of the feed that was seen (facts A.4 and runbooks-feed-2020.xml).</summary>
internal sealed partial class AtomWriter
{
    private const string RootAttributes = "\" xmlns:d=\"http://schemas.microsoft.com/ado/2007/08/dataservices\" xmlns:m=\"http://schemas.microsoft.com/ado/2007/08/dataservices/metadata\" xmlns=\"http://www.w3.org/2005/Atom\"";

    private readonly Utf8Buffer _buffer = Utf8Buffer.Rent();
    private readonly SourceView _view;
    private readonly string _root;
    private readonly byte[] _rootBytes;
    private readonly byte[] _offset;
    private readonly int? _expandedPageSize;
    private readonly DateTime _now;

    /// <param name="view">The source, for what is expanded.</param>
    /// <param name="root">The service root, absolute, with a slash at its end.</param>
    /// <param name="offset">The server's local offset.</param>
    /// <param name="clock">What says when a feed is put together.</param>
    /// <param name="expandedPageSize">Page size of expanded collections, if they are paged.</param>
    internal AtomWriter(SourceView view, string root, TimeSpan offset, TimeProvider clock, int? expandedPageSize)
    {
        _view = view;
        _root = root;
        _rootBytes = Encoding.UTF8.GetBytes(root);
        _offset = Encoding.UTF8.GetBytes((offset < TimeSpan.Zero ? "-" : "+") + offset.ToString("hh\\:mm", CultureInfo.InvariantCulture));
        _expandedPageSize = expandedPageSize;
        _now = clock.GetUtcNow().UtcDateTime;
        _buffer.Raw("<?xml version=\"1.0\" encoding=\"utf-8\" standalone=\"yes\"?>"u8);
    }

    /// <summary>A feed as document.</summary>
    internal byte[] Feed(string address, IReadOnlyList<object> rows, EntityShape shape, int? count, string? next)
    {
        _buffer.Line(0);
        _buffer.Raw("<feed xml:base=\""u8);
        _buffer.Attribute(_root);
        _buffer.Raw(RootAttributes);
        _buffer.Raw(">"u8);
        FeedContent(address, rows, shape, count, next, 1);
        _buffer.Line(0);
        _buffer.Raw("</feed>"u8);
        return _buffer.Finish();
    }

    /// <summary>An entry as document (facts A.4).</summary>
    internal byte[] Entry(object row, EntityShape shape)
    {
        Entry(row, shape, 0, isRoot: true);
        return _buffer.Finish();
    }

    private void FeedContent(string address, IReadOnlyList<object> rows, EntityShape shape, int? count, string? next, int depth)
    {
        string title = address[(address.LastIndexOf('/') + 1)..];
        _buffer.Line(depth);
        _buffer.Raw("<title type=\"text\">"u8);
        _buffer.Text(title);
        _buffer.Raw("</title>"u8);
        _buffer.Line(depth);
        _buffer.Raw("<id>"u8);
        _buffer.Text(_root);
        _buffer.Text(address);
        _buffer.Raw("</id>"u8);
        Now(depth);
        if (rows.Count == 0)
        {
            // Atom demands an author of a feed without entries; WCF then writes an empty one (inferred).
            Author(depth);
        }

        _buffer.Line(depth);
        _buffer.Raw("<link rel=\"self\" title=\""u8);
        _buffer.Attribute(title);
        _buffer.Raw("\" href=\""u8);
        _buffer.Attribute(address);
        _buffer.Raw("\" />"u8);
        if (count is { } total)
        {
            _buffer.Line(depth);
            _buffer.Raw("<m:count>"u8);
            _buffer.Number(total);
            _buffer.Raw("</m:count>"u8);
        }

        for (int i = 0; i < rows.Count; i++)
        {
            Entry(rows[i], shape, depth, isRoot: false);
        }

        if (next is not null)
        {
            _buffer.Line(depth);
            _buffer.Raw("<link rel=\"next\" href=\""u8);
            _buffer.Attribute(next);
            _buffer.Raw("\" />"u8);
        }
    }

    private void Entry(object row, EntityShape shape, int depth, bool isRoot)
    {
        AtomTemplate template = AtomTemplate.Of(shape.Type);
        Guid id = ((SourceEntity)row).Id;
        _buffer.Line(depth);
        _buffer.Raw("<entry"u8);
        if (isRoot)
        {
            _buffer.Raw(" xml:base=\""u8);
            _buffer.Attribute(_root);
            _buffer.Raw(RootAttributes);
        }

        if (template.Updated?.Get(row) is DateTime changed)
        {
            _buffer.Raw(" m:etag=\""u8);
            _buffer.Attribute(AtomLiteral.ETag(changed));
            _buffer.Raw("\""u8);
        }

        _buffer.Raw(">"u8);
        Head(row, id, shape, template, depth + 1);
        _buffer.Line(depth + 1);
        _buffer.Raw(template.EditLink);
        _buffer.Id(id);
        _buffer.Raw("')\" />"u8);
        foreach (NavigationShape navigation in shape.Navigations)
        {
            Link(row, id, navigation, template, depth + 1);
        }

        _buffer.Line(depth + 1);
        _buffer.Raw(template.Category);
        Content(row, shape, template, depth + 1);
        _buffer.Line(depth);
        _buffer.Raw("</entry>"u8);
    }

    /// <summary>id, title, published, updated, author. The times are cut to seconds and stamped with the local offset without conversion (facts A.4).</summary>
    private void Head(object row, Guid id, EntityShape shape, AtomTemplate template, int depth)
    {
        _buffer.Line(depth);
        _buffer.Raw("<id>"u8);
        _buffer.Raw(_rootBytes);
        _buffer.Raw(template.Address);
        _buffer.Id(id);
        _buffer.Raw("')</id>"u8);
        _buffer.Line(depth);
        if (Value(template.Title, row, shape) is string { Length: > 0 } title)
        {
            _buffer.Raw("<title type=\"text\">"u8);
            _buffer.Text(title);
            _buffer.Raw("</title>"u8);
        }
        else
        {
            _buffer.Raw("<title />"u8);
        }

        if (Value(template.Published, row, shape) is DateTime published)
        {
            _buffer.Line(depth);
            _buffer.Raw("<published>"u8);
            Stamped(published);
            _buffer.Raw("</published>"u8);
        }

        if (Value(template.Updated, row, shape) is DateTime updated)
        {
            _buffer.Line(depth);
            _buffer.Raw("<updated>"u8);
            Stamped(updated);
            _buffer.Raw("</updated>"u8);
        }
        else
        {
            Now(depth);
        }

        Author(depth);
    }

    private void Link(object row, Guid id, NavigationShape shape, AtomTemplate template, int depth)
    {
        AtomTemplate.NavigationTags tags = template.Tags(shape.Navigation);
        _buffer.Line(depth);
        _buffer.Raw(tags.Start);
        _buffer.Id(id);
        _buffer.Raw(tags.End);
        if (shape.Expanded is not { } expanded)
        {
            _buffer.Raw(" />"u8);
            return;
        }

        _buffer.Raw(">"u8);
        Inline(row, $"{template.AddressOf(id)}/{shape.Navigation.Name}", shape.Navigation, expanded, depth + 1);
        _buffer.Line(depth);
        _buffer.Raw("</link>"u8);
    }

    private void Inline(object row, string address, EdmNavigation navigation, EntityShape shape, int depth)
    {
        IReadOnlyList<object> rows = navigation.Rows(_view, row);
        _buffer.Line(depth);
        if (!navigation.Many && rows.Count == 0)
        {
            _buffer.Raw("<m:inline />"u8);
            return;
        }

        _buffer.Raw("<m:inline>"u8);
        if (navigation.Many)
        {
            CollectionPage page = CollectionPage.Cut(_view, shape.Type, rows, address, new CollectionQuery(shape), _expandedPageSize);
            _buffer.Line(depth + 1);
            _buffer.Raw("<feed>"u8);
            FeedContent(address, page.Rows, shape, null, page.HasMore ? $"{_root}{address}?$skiptoken={AtomLiteral.Key(page.Rows[^1])}" : null, depth + 2);
            _buffer.Line(depth + 1);
            _buffer.Raw("</feed>"u8);
        }
        else
        {
            Entry(rows[0], shape, depth + 1, isRoot: false);
        }

        _buffer.Line(depth);
        _buffer.Raw("</m:inline>"u8);
    }
}
