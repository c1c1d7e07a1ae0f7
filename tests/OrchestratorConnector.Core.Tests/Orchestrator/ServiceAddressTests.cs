using System;
using System.Linq;
using OrchestratorConnector.Errors;
using OrchestratorConnector.Model;
using OrchestratorConnector.Orchestrator;
using Xunit;

namespace OrchestratorConnector.Core.Tests.Orchestrator;

/// <summary>URLs as people type them.</summary>
public sealed class ServiceAddressTests
{
    [Theory]
    [InlineData("http://sco:81/Orchestrator2012/Orchestrator.svc", "http://sco:81/Orchestrator2012/Orchestrator.svc")]
    [InlineData("http://sco:81/Orchestrator2012/Orchestrator.svc/", "http://sco:81/Orchestrator2012/Orchestrator.svc")]
    [InlineData("https://sco/ORCHESTRATOR/orchestrator.SVC", "https://sco/ORCHESTRATOR/orchestrator.SVC")]
    [InlineData("HTTP://SCO.Contoso.com:81/api/", "http://sco.contoso.com:81/api")]
    [InlineData("  http://sco:81  ", "http://sco:81/")]
    [InlineData("http://sco:81//", "http://sco:81/")]
    [InlineData("https://sco:443/api", "https://sco/api")]
    [InlineData("http://[::1]:81/api", "http://[::1]:81/api")]
    [InlineData("http://10.0.0.1:8181/api", "http://10.0.0.1:8181/api")]
    [InlineData("http://sco:81/a%20b/Orchestrator.svc", "http://sco:81/a%20b/Orchestrator.svc")]
    [InlineData("http://sco:81/a b/Orchestrator.svc", "http://sco:81/a%20b/Orchestrator.svc")]
    [InlineData("http://@sco:81/api", "http://sco:81/api")]
    [InlineData("http://bücher.example/api", "http://bücher.example/api")]
    public void A_url_that_can_be_used(string typed, string url)
    {
        Uri parsed = ServiceAddress.Parse(typed);

        Assert.Equal(url, parsed.AbsoluteUri);
        Assert.Equal(parsed, ServiceAddress.Parse(parsed.AbsoluteUri));
    }

    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("sco")]
    [InlineData("sco:81/api")]
    [InlineData("/api")]
    [InlineData("//sco/api")]
    [InlineData(@"\\sco\api")]
    [InlineData("Orchestrator2012/Orchestrator.svc")]
    [InlineData("ftp://sco/api")]
    [InlineData("file:///etc/hosts")]
    [InlineData("net.tcp://sco/api")]
    [InlineData("javascript:alert(1)")]
    [InlineData("http://")]
    [InlineData("http:///api")]
    [InlineData("http://sco:99999/api")]
    [InlineData("http://sco:81/api?x=1")]
    [InlineData("http://sco:81/api?")]
    [InlineData("http://sco:81/api#top")]
    [InlineData("http://user@sco:81/api")]
    public void A_url_that_cannot_be_used(string typed)
    {
        OrchestratorException error = Assert.Throws<OrchestratorException>(() => ServiceAddress.Parse(typed));

        Assert.Equal(("ServiceUrlInvalid", ErrorKind.InvalidArgument), (error.Id, error.Kind));
        Assert.Contains("Orchestrator2012/Orchestrator.svc", error.Hint, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http://user:hunter2@sco:81/api")]
    [InlineData("http://user:hunter2@sco:81/api?x=1#y")]
    [InlineData("ftp://user:hunter2@sco/api")]
    [InlineData("user:hunter2@sco:81/api")]
    [InlineData("http://user:hunter2@")]
    [InlineData("http://user:hunter2@sco:99999/")]
    [InlineData("http://user:hunter2@sco b/")]
    public void A_password_in_a_url_is_never_repeated(string typed)
    {
        OrchestratorException error = Assert.Throws<OrchestratorException>(() => ServiceAddress.Parse(typed));

        Assert.Equal("ServiceUrlInvalid", error.Id);
        Assert.DoesNotContain("hunter2", error + "|" + error.Target, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http://sco:81", "Atom", "http://sco:81/")]
    [InlineData("http://sco:81", "WebApi", "http://sco:81/api")]
    [InlineData("http://sco:81/api", "WebApi", "http://sco:81/api")]
    [InlineData("http://sco:81/other", "WebApi", "http://sco:81/other")]
    [InlineData("http://sco:81/x.svc", "Atom", "http://sco:81/x.svc")]
    public void The_root_that_a_client_asks(string url, string protocol, string root) =>
        Assert.Equal(root, ServiceAddress.Root(new Uri(url), Enum.Parse<ConnectorProtocol>(protocol)).AbsoluteUri);

    [Theory]
    [InlineData("http://sco:81/Orchestrator2012/Orchestrator.svc", "Atom")]
    [InlineData("http://sco:81/Orchestrator/ORCHESTRATOR.SVC/", "Atom")]
    [InlineData("http://sco:81/", "WebApi")]
    [InlineData("http://sco:81/API", "WebApi")]
    [InlineData("http://sco:81/x/api/", "WebApi")]
    [InlineData("http://sco:81/something", "Atom WebApi")]
    public void What_is_tried_at_a_url(string url, string protocols) =>
        Assert.Equal(protocols, string.Join(' ', ServiceAddress.Candidates(new Uri(url)).Select(c => c.ToString())));
}
