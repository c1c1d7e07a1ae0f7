using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Threading;

namespace FakeOrchestrator;

/// <summary>Whom a server lets in.</summary>
public abstract class FakeAuthentication
{
    private protected FakeAuthentication()
    {
    }

    /// <summary>Everybody.</summary>
    public static FakeAuthentication None { get; } = new OpenAuthentication();

    /// <summary>Who signs in by Basic with this user and password; both may hold any character, on the wire in UTF-8.</summary>
    public static BasicAuthentication Basic(string user, string password, string realm = "orchestrator")
    {
        return new BasicAuthentication(user, password, realm);
    }

    /// <summary>Nobody: every request is answered 401 with these challenges, for instance <c>Negotiate</c> and <c>NTLM</c> (facts A.12).</summary>
    public static FakeAuthentication Refuse(params string[] challenges)
    {
        return new ScriptedAuthentication([new AuthenticationStep(401, challenges)], repeatLast: true);
    }

    /// <summary>Step after step, one for each request whatever it carries; after the last everybody is let in, or the last step repeats.</summary>
    public static FakeAuthentication Scripted(IEnumerable<AuthenticationStep> steps, bool repeatLast = false)
    {
        return new ScriptedAuthentication([.. steps], repeatLast);
    }

    /// <summary>Step after step, one for each request whatever it carries; after the last everybody is let in.</summary>
    public static FakeAuthentication Scripted(params AuthenticationStep[] steps)
    {
        return new ScriptedAuthentication(steps, repeatLast: false);
    }

    /// <summary>Decides about one request: the step to answer with, none to let it in.</summary>
    internal abstract AuthenticationStep? Check(string? authorization, out string? user);

    private sealed class OpenAuthentication : FakeAuthentication
    {
        internal override AuthenticationStep? Check(string? authorization, out string? user)
        {
            user = null;
            return null;
        }
    }

    private sealed class ScriptedAuthentication(AuthenticationStep[] steps, bool repeatLast) : FakeAuthentication
    {
        private int _next = -1;

        internal override AuthenticationStep? Check(string? authorization, out string? user)
        {
            user = null;
            int step = Interlocked.Increment(ref _next);
            AuthenticationStep? found = step < steps.Length ? steps[step] : repeatLast ? steps.LastOrDefault() : null;
            return found is { Status: 200 } ? null : found;
        }
    }
}

/// <summary>What a scripted server says to one request: a status (200 lets it in) and the challenges that go with it.</summary>
/// <param name="Status">The status.</param>
/// <param name="Challenges">One WWW-Authenticate header each.</param>
public sealed record AuthenticationStep(int Status, params IReadOnlyList<string> Challenges)
{
    /// <summary>A step that lets the request in.</summary>
    public static AuthenticationStep Accept { get; } = new(200, []);
}

/// <summary>Basic authentication with one account, whose password may change while the server runs.</summary>
public sealed class BasicAuthentication : FakeAuthentication
{
    private readonly string _realm;

    internal BasicAuthentication(string user, string password, string realm)
    {
        User = user;
        Password = password;
        _realm = realm;
    }

    /// <summary>The user name.</summary>
    public string User { get; set; }

    /// <summary>The password.</summary>
    public string Password { get; set; }

    internal override AuthenticationStep? Check(string? authorization, out string? user)
    {
        user = User;
        return IsRight(authorization) ? null : new AuthenticationStep(401, $"Basic realm=\"{_realm}\"");
    }

    private bool IsRight(string? authorization)
    {
        if (authorization?.StartsWith("Basic ", StringComparison.OrdinalIgnoreCase) != true)
        {
            return false;
        }

        try
        {
            return Encoding.UTF8.GetString(Convert.FromBase64String(authorization[6..].Trim())) == $"{User}:{Password}";
        }
        catch (FormatException)
        {
            return false;
        }
    }
}
