using System;
using System.Linq;
using System.Net.Http;
using System.Text;
using System.Threading.Tasks;
using FakeOrchestrator;
using Xunit;

namespace OrchestratorConnector.Core.Tests.StandIns;

/// <summary>Whom the stand-in lets in.</summary>
public sealed class AuthenticationTests
{
    [Fact]
    public async Task Basic_lets_in_who_has_the_password_of_the_moment()
    {
        BasicAuthentication account = FakeAuthentication.Basic("DOMAIN\\größe監", "p:ä ss😀", "here");
        await using StandIn server = await StandIn.StartAsync(new SourceModel(), options => options.Authentication = account);

        using HttpResponseMessage refused = await server.SendAsync(server.AtomAddress(""));
        Assert.Equal(401, (int)refused.StatusCode);
        Assert.Equal("Basic realm=\"here\"", refused.Headers.WwwAuthenticate.Single().ToString());
        Assert.Contains("401 - Unauthorized", await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(200, await StatusAsync(server, Basic("DOMAIN\\größe監", "p:ä ss😀")));
        Assert.Equal(401, await StatusAsync(server, Basic("DOMAIN\\größe監", "p")));
        Assert.Equal(401, await StatusAsync(server, "Basic ???"));
        Assert.Equal(401, await StatusAsync(server, "Bearer x"));

        account.Password = "other";
        Assert.Equal(401, await StatusAsync(server, Basic("DOMAIN\\größe監", "p:ä ss😀")));
        Assert.Equal(200, await StatusAsync(server, Basic("DOMAIN\\größe監", "other")));

        server.Server.Authentication = FakeAuthentication.None;
        Assert.Equal(200, await StatusAsync(server, null));
    }

    [Fact]
    public async Task A_script_is_followed_request_by_request()
    {
        await using StandIn server = await StandIn.StartAsync(new SourceModel(), options => options.Authentication = FakeAuthentication.Scripted(
            new AuthenticationStep(401, "Negotiate", "NTLM"),
            AuthenticationStep.Accept,
            new AuthenticationStep(403)));
        using HttpResponseMessage first = await server.SendAsync(server.AtomAddress(""));
        Assert.Equal(["Negotiate", "NTLM"], first.Headers.GetValues("WWW-Authenticate"));
        Assert.Equal(200, await StatusAsync(server, null));
        Assert.Equal(403, await StatusAsync(server, null));
        Assert.Equal(200, await StatusAsync(server, null));
    }

    [Fact]
    public async Task A_server_may_refuse_everybody_without_a_word()
    {
        await using StandIn server = await StandIn.StartAsync(new SourceModel(), options =>
        {
            options.Authentication = FakeAuthentication.Refuse("Negotiate", "NTLM");
            options.Quirks.HtmlBodyOf401 = false;
        });
        for (int i = 0; i < 3; i++)
        {
            using HttpResponseMessage response = await server.SendAsync(server.ApiAddress("Login"), ("Authorization", "NTLM x"));
            Assert.Equal(401, (int)response.StatusCode);
            Assert.Equal("", await response.Content.ReadAsStringAsync());
        }

        Assert.All(server.Server.Requests, request => Assert.Equal("NTLM x", request.Headers["authorization"]));
    }

    internal static string Basic(string user, string password)
    {
        return "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{password}"));
    }

    private static async Task<int> StatusAsync(StandIn server, string? authorization)
    {
        using HttpResponseMessage response = authorization is null
            ? await server.SendAsync(server.AtomAddress(""))
            : await server.SendAsync(server.AtomAddress(""), ("Authorization", authorization));
        return (int)response.StatusCode;
    }
}
