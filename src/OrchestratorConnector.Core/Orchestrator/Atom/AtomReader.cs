using System;
using System.IO;
using System.Runtime.CompilerServices;
using System.Text;
using System.Xml;
using OrchestratorConnector.Compatibility;
using OrchestratorConnector.Errors;
using OrchestratorConnector.Orchestrator.Http;

namespace OrchestratorConnector.Orchestrator.Atom;

/// <summary>
/// Reads feeds and single entries of an OData V1/V2 service forward only, holding one entry at a time. Knows namespaces and
/// local names; prefixes, order and whatever it does not know mean nothing to it.
/// </summary>
internal sealed class AtomReader : IDisposable
{
    private readonly XmlReader _xml;
    private readonly HttpAnswer? _answer;
    private readonly Uri _url;

    // Names are compared by reference: the reader hands out the strings of its table.
    private readonly string _atom;
    private readonly string _metadata;
    private readonly string _data;
    private readonly string _feed;
    private readonly string _entry;
    private readonly string _link;
    private readonly string _content;
    private readonly string _properties;
    private readonly string _inline;
    private readonly string _count;
    private bool _inFeed;
    private bool _ended;

    /// <param name="answer">The answer to read.</param>
    public AtomReader(HttpAnswer answer)
        : this(answer.Body, answer.Url) => _answer = answer;

    /// <param name="stream">A document.</param>
    /// <param name="url">Where it comes from, for errors.</param>
    public AtomReader(Stream stream, Uri url)
    {
        _url = url;
        NameTable names = new();
        _atom = names.Add(AtomNames.Atom);
        _metadata = names.Add(AtomNames.Metadata);
        _data = names.Add(AtomNames.Data);
        _feed = names.Add("feed");
        _entry = names.Add("entry");
        _link = names.Add("link");
        _content = names.Add("content");
        _properties = names.Add("properties");
        _inline = names.Add("inline");
        _count = names.Add("count");
        _xml = XmlReader.Create(stream, SafeXml.Settings(names));
    }

    /// <summary>The number of all entries, once the feed has told it.</summary>
    public long? Count { get; private set; }

    /// <summary>The address of the next page, once the feed has told it.</summary>
    public string? Next { get; private set; }

    /// <summary>
    /// Reads the next entry of the feed, or the one entry that the document is. Entries that are written into it by
    /// <c>$expand</c> are given to <paramref name="expanded"/> one by one.
    /// </summary>
    /// <returns>Whether there was one.</returns>
    public bool ReadEntry(AtomEntry entry, Action<string, AtomEntry>? expanded = null) => Guarded(() => ReadEntryCore(entry, expanded));

    public void Dispose() => _xml.Dispose();

    private bool ReadEntryCore(AtomEntry entry, Action<string, AtomEntry>? expanded)
    {
        if (_ended)
        {
            return false;
        }

        _answer?.Body.Mark();
        if (!_inFeed)
        {
            _xml.MoveToContent();
            if (Is(_atom, _entry))
            {
                ReadEntryElement(entry, expanded);
                ReadToEnd();
                return true;
            }

            if (!Is(_atom, _feed))
            {
                throw Error.NotOrchestrator(_url, $"the document is a '{_xml.LocalName}', not an Atom feed.");
            }

            _inFeed = true;
            if (_xml.IsEmptyElement)
            {
                ReadToEnd();
                return false;
            }

            _xml.Read();
        }

        while (MoveToChild())
        {
            if (Is(_atom, _entry))
            {
                ReadEntryElement(entry, expanded);
                return true;
            }

            if (Is(_metadata, _count))
            {
                string text = _xml.ReadElementContentAsString();
                Count = long.TryParse(text, System.Globalization.NumberStyles.Integer, System.Globalization.CultureInfo.InvariantCulture, out long count)
                    ? count
                    : throw Error.ResponseMalformed(_url, $"its number of entries is '{text}'.", null);
            }
            else
            {
                if (Is(_atom, _link) && _xml.GetAttribute("rel") == "next")
                {
                    Next = _xml.GetAttribute("href");
                }

                _xml.Skip();
            }
        }

        ReadToEnd();
        return false;
    }

    /// <summary>On the start tag of an entry; leaves the reader behind its end tag.</summary>
    [MethodImpl(Compile.AtOnce)]
    private void ReadEntryElement(AtomEntry entry, Action<string, AtomEntry>? expanded)
    {
        entry.Clear();
        if (_xml.IsEmptyElement)
        {
            _xml.Read();
            return;
        }

        _xml.Read();
        while (MoveToChild())
        {
            if (Is(_atom, _content) && !_xml.IsEmptyElement)
            {
                _xml.Read();
                while (MoveToChild())
                {
                    ReadPropertiesOrSkip(entry);
                }

                _xml.Read();
            }
            else if (Is(_atom, _link) && !_xml.IsEmptyElement)
            {
                ReadLinkContent(entry, expanded);
            }
            else
            {
                // An entry about a file carries its properties beside the content instead of inside.
                ReadPropertiesOrSkip(entry);
            }
        }

        _xml.Read();
    }

    [MethodImpl(Compile.AtOnce)]
    private void ReadPropertiesOrSkip(AtomEntry entry)
    {
        if (!Is(_metadata, _properties) || _xml.IsEmptyElement)
        {
            _xml.Skip();
            return;
        }

        _xml.Read();
        while (MoveToChild())
        {
            if (!ReferenceEquals(_xml.NamespaceURI, _data))
            {
                _xml.Skip();
                continue;
            }

            string name = _xml.LocalName;
            bool isNull = _xml.HasAttributes && _xml.GetAttribute("null", AtomNames.Metadata) is "true" or "1";
            if (ReadText() is { } value)
            {
                entry.Properties.Add(name, isNull ? null : value);
            }
        }

        _xml.Read();
    }

    /// <summary>On a start tag; leaves the reader behind the element.</summary>
    /// <returns>Its text; <see langword="null"/> when it holds elements, as no property does that is known.</returns>
    [MethodImpl(Compile.AtOnce)]
    private string? ReadText()
    {
        if (_xml.IsEmptyElement)
        {
            _xml.Read();
            return string.Empty;
        }

        string text = string.Empty;
        StringBuilder? pieces = null;
        bool isText = true;
        _xml.Read();
        while (_xml.NodeType != XmlNodeType.EndElement)
        {
            if (_xml.NodeType == XmlNodeType.Element)
            {
                isText = false;
                _xml.Skip();
                continue;
            }

            if (text.Length > 0)
            {
                pieces ??= new StringBuilder(text);
                pieces.Append(_xml.Value);
            }
            else
            {
                text = _xml.Value;
            }

            _xml.Read();
        }

        _xml.Read();
        return isText ? pieces?.ToString() ?? text : null;
    }

    /// <summary>On the start tag of a link that holds something: an expanded feed or entry, or nothing of ours.</summary>
    [MethodImpl(Compile.AtOnce)]
    private void ReadLinkContent(AtomEntry entry, Action<string, AtomEntry>? expanded)
    {
        string navigation = _xml.GetAttribute("title") ?? string.Empty;
        _xml.Read();
        while (MoveToChild())
        {
            if (!Is(_metadata, _inline) || expanded is null)
            {
                _xml.Skip();
                continue;
            }

            entry.Expanded.Add(navigation);
            if (_xml.IsEmptyElement)
            {
                // An expanded reference that is null.
                _xml.Read();
                continue;
            }

            _xml.Read();
            while (MoveToChild())
            {
                if (Is(_atom, _entry))
                {
                    ReadEntryElement(entry.Nested, null);
                    expanded(navigation, entry.Nested);
                }
                else if (Is(_atom, _feed))
                {
                    ReadExpandedFeed(entry, navigation, expanded);
                }
                else
                {
                    _xml.Skip();
                }
            }

            _xml.Read();
        }

        _xml.Read();
    }

    [MethodImpl(Compile.AtOnce)]
    private void ReadExpandedFeed(AtomEntry entry, string navigation, Action<string, AtomEntry> expanded)
    {
        if (_xml.IsEmptyElement)
        {
            _xml.Read();
            return;
        }

        _xml.Read();
        while (MoveToChild())
        {
            if (Is(_atom, _entry))
            {
                ReadEntryElement(entry.Nested, null);
                expanded(navigation, entry.Nested);
                continue;
            }

            if (Is(_atom, _link) && _xml.GetAttribute("rel") == "next")
            {
                entry.Incomplete.Add(navigation);
            }

            _xml.Skip();
        }

        _xml.Read();
    }

    /// <summary>From behind one child to the start of the next, or to the parent's end; text between them is not ours.</summary>
    [MethodImpl(Compile.AtOnce)]
    private bool MoveToChild()
    {
        while (true)
        {
            switch (_xml.MoveToContent())
            {
                case XmlNodeType.Element:
                    return true;
                case XmlNodeType.EndElement or XmlNodeType.None:
                    return false;
                default:
                    _xml.Read();
                    break;
            }
        }
    }

    private bool Is(string ns, string name) => ReferenceEquals(_xml.LocalName, name) && ReferenceEquals(_xml.NamespaceURI, ns);

    /// <summary>Reads behind the document, so that a second root or a cut-off end is noticed.</summary>
    private void ReadToEnd()
    {
        while (_xml.Read())
        {
        }

        _ended = true;
    }

    private T Guarded<T>(Func<T> read) => SafeXml.Guarded(read, _url, _answer?.Body);
}
