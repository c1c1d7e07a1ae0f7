using System.Collections.Generic;

namespace FakeOrchestrator;

/// <summary>Reads a filter: or, and, not, comparisons, parentheses, functions, properties of the entity itself.</summary>
internal sealed class FilterParser
{
    private static readonly HashSet<string> Comparisons = ["eq", "ne", "gt", "ge", "lt", "le"];

    private readonly EdmType _type;
    private readonly QueryDialect _dialect;
    private readonly bool _functions;
    private readonly List<Token> _tokens;
    private int _at;

    private FilterParser(string text, EdmType type, QueryDialect dialect, bool functions)
    {
        _type = type;
        _dialect = dialect;
        _functions = functions;
        _tokens = FilterLexer.Read(text, dialect);
    }

    private Token Current => _tokens[_at];

    internal static FilterNode Parse(string text, EdmType type, QueryDialect dialect, Quirks quirks)
    {
        var parser = new FilterParser(text, type, dialect, quirks.SupportsFilterFunctions);
        FilterNode node = parser.Or();
        return parser.Current.Kind != TokenKind.End || node.Kind != EdmKind.Boolean
            ? throw parser.Syntax(parser.Current)
            : node;
    }

    private FilterNode Or()
    {
        FilterNode left = And();
        while (TakeWord("or"))
        {
            left = Logic(false, left, And());
        }

        return left;
    }

    private FilterNode And()
    {
        FilterNode left = Comparison();
        while (TakeWord("and"))
        {
            left = Logic(true, left, Comparison());
        }

        return left;
    }

    private FilterNode Comparison()
    {
        FilterNode left = Unary();
        Token op = Current;
        if (op.Kind != TokenKind.Word || !Comparisons.Contains(op.Text))
        {
            return left;
        }

        _at++;
        FilterNode right = Unary();
        return left.Kind is { } one && right.Kind is { } other && one != other
            ? throw RequestException.BadRequest(_dialect.Incompatible(op.Text, one.ToString(), other.ToString(), op.Position))
            : new CompareNode(op.Text, left, right);
    }

    private FilterNode Unary()
    {
        Token start = Current;
        if (!TakeWord("not"))
        {
            return Primary();
        }

        FilterNode inner = Unary();
        return inner.Kind == EdmKind.Boolean ? new NotNode(inner) : throw Syntax(start);
    }

    private FilterNode Primary()
    {
        Token token = Current;
        _at++;
        switch (token.Kind)
        {
            case TokenKind.Open:
                FilterNode inner = Or();
                Expect(TokenKind.Close);
                return inner;
            case TokenKind.Literal:
                return new LiteralNode(token.Value, token.ValueKind);
            case TokenKind.Word when Current.Kind == TokenKind.Open:
                return Function(token);
            case TokenKind.Word:
                return new PropertyNode(_type.FindProperty(token.Text, _dialect.IgnoreCase)
                    ?? throw RequestException.BadRequest(_dialect.UnknownProperty(token.Text, _type, token.Position)));
            default:
                throw Syntax(token);
        }
    }

    private FunctionNode Function(Token name)
    {
        if (!_functions || FilterFunctions.Find(name.Text, _dialect) is not { } found)
        {
            throw RequestException.BadRequest(_dialect.UnknownFunction(name.Text, name.Position));
        }

        Expect(TokenKind.Open);
        FilterNode first = Text(name);
        FilterNode? second = null;
        if (found.Arguments == 2)
        {
            Expect(TokenKind.Comma);
            second = Text(name);
        }

        Expect(TokenKind.Close);
        return new FunctionNode(found.Result, found.Function, first, second);
    }

    private FilterNode Text(Token function)
    {
        FilterNode node = Or();
        return node.Kind is EdmKind.String or null ? node : throw Syntax(function);
    }

    private LogicNode Logic(bool all, FilterNode left, FilterNode right)
    {
        return left.Kind == EdmKind.Boolean && right.Kind == EdmKind.Boolean ? new LogicNode(all, left, right) : throw Syntax(Current);
    }

    private bool TakeWord(string word)
    {
        if (Current.Kind != TokenKind.Word || Current.Text != word)
        {
            return false;
        }

        _at++;
        return true;
    }

    private void Expect(TokenKind kind)
    {
        if (Current.Kind != kind)
        {
            throw Syntax(Current);
        }

        _at++;
    }

    private RequestException Syntax(Token token)
    {
        return RequestException.BadRequest(_dialect.SyntaxError(token.Position));
    }
}
