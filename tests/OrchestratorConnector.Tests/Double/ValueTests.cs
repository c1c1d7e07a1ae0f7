using System.Management.Automation;
using System.Net;
using System.Security;
using Xunit;

namespace OrchestratorConnector.Tests.Double;

public sealed class ValueTests
{
    [Theory]
    [InlineData("a*", "abc", true)]
    [InlineData("a*", "ABC", false)]
    [InlineData("*", "", true)]
    [InlineData("", "", true)]
    [InlineData("", "a", false)]
    [InlineData("a?c", "abc", true)]
    [InlineData("a?c", "ac", false)]
    [InlineData("*b*d", "abcbd", true)]
    [InlineData("*b*d", "abc", false)]
    [InlineData("[a-c]x", "bx", true)]
    [InlineData("[a-c]x", "dx", false)]
    [InlineData("[abc]", "c", true)]
    [InlineData("[a`-c]", "b", false)]
    [InlineData("[a`-c]", "-", true)]
    [InlineData("a`*b", "a*b", true)]
    [InlineData("a`*b", "axb", false)]
    [InlineData("`[x]", "[x]", true)]
    [InlineData("a.b", "axb", false)]
    [InlineData("end`", "end`", true)]
    public void Wildcards_match(string pattern, string input, bool matches)
        => Assert.Equal(matches, new WildcardPattern(pattern).IsMatch(input));

    [Fact]
    public void Wildcards_can_ignore_case()
    {
        WildcardPattern pattern = new("[a-c]X*", WildcardOptions.IgnoreCase);

        Assert.True(pattern.IsMatch("Bxyz"));
        Assert.False(pattern.IsMatch("dx"));
        Assert.False(pattern.IsMatch(null));
    }

    [Fact]
    public void An_open_set_is_refused()
    {
        WildcardPatternException refused = Assert.Throws<WildcardPatternException>(() => new WildcardPattern("[a").IsMatch("a"));

        Assert.Equal("WildcardPattern_Invalid", refused.ErrorRecord.FullyQualifiedErrorId);
    }

    [Theory]
    [InlineData("a*b?[c]", "a`*b`?`[c`]")]
    [InlineData("tick`", "tick``")]
    [InlineData("plain", "plain")]
    public void Escape_and_unescape_are_inverse(string plain, string escaped)
    {
        Assert.Equal(escaped, WildcardPattern.Escape(plain));
        Assert.Equal(plain, WildcardPattern.Unescape(escaped));
        Assert.True(new WildcardPattern(escaped).IsMatch(plain));
        Assert.False(WildcardPattern.ContainsWildcardCharacters(escaped));
        Assert.Equal(plain != "plain" && plain != "tick`", WildcardPattern.ContainsWildcardCharacters(plain));
    }

    [Theory]
    [InlineData("user", "user", "")]
    [InlineData("DOMAIN\\user", "user", "DOMAIN")]
    [InlineData("user@domain", "user", "domain")]
    [InlineData("user@domain.example", "user@domain.example", "")]
    [InlineData("first.last@domain", "first.last", "domain")]
    [InlineData("user@domain.example@domain.example", "user@domain.example", "domain.example")]
    public void A_credential_gives_user_and_domain_apart(string name, string user, string domain)
    {
        using SecureString password = new();
        password.AppendChar('x');

        NetworkCredential network = new PSCredential(name, password).GetNetworkCredential()!;

        Assert.Equal(user, network.UserName);
        Assert.Equal(domain, network.Domain);
        Assert.Equal("x", network.Password);
    }

    [Fact]
    public void A_credential_needs_a_user()
    {
        using SecureString password = new();

        Assert.Throws<PSArgumentException>(() => new PSCredential("", password));
        Assert.Throws<PSArgumentNullException>(() => new PSCredential("u", null!));
        Assert.Null(PSCredential.Empty.GetNetworkCredential());
    }

    [Theory]
    [InlineData("5", 5)]
    [InlineData(" 0x1F ", 31)]
    [InlineData("2.5", 2)]
    [InlineData("", 0)]
    public void Text_becomes_a_number(string text, int number)
        => Assert.Equal(number, LanguagePrimitives.ConvertTo<int>(text));

    [Fact]
    public void Values_convert_as_the_shell_converts_them()
    {
        Assert.Equal("1 2", LanguagePrimitives.ConvertTo<string>(new object[] { 1, 2 }));
        Assert.Equal(["5"], LanguagePrimitives.ConvertTo<string[]>(5));
        Assert.Equal(GadgetColor.DarkGreen, LanguagePrimitives.ConvertTo<GadgetColor>("dark"));
        Assert.False(LanguagePrimitives.TryConvertTo("purple", out GadgetColor _));
        Assert.False(LanguagePrimitives.TryConvertTo("x", out int _));
        Assert.Equal(3, LanguagePrimitives.ConvertTo<int?>(new PSObject(3)));
    }

    [Fact]
    public void An_error_has_its_bare_id_until_a_cmdlet_writes_it()
        => Assert.Equal("Id", new ErrorRecord(new SecurityException("x"), "Id", ErrorCategory.SecurityError, null).FullyQualifiedErrorId);
}
