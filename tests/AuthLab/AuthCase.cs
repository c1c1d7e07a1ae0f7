using System;

namespace OrchestratorConnector.AuthLab;

/// <summary>One sign-in that has to end as expected.</summary>
/// <param name="Name">What it shows.</param>
/// <param name="UrlKey">The server of the lab.</param>
/// <param name="Expected">"ok", or the id of the error.</param>
internal sealed record AuthCase(string Name, string UrlKey, string Expected)
{
    /// <summary>The user name to give; none signs in as the current user.</summary>
    public string? User { get; init; }

    /// <summary>The key of the password in the lab's settings, or the password itself.</summary>
    public string? Password { get; init; }

    /// <summary>The key of the ticket cache that the current user has.</summary>
    public string TicketCache { get; init; } = "CCACHE_NONE";

    /// <summary>Whether the current user has an NTLM password on this machine.</summary>
    public bool HasNtlmUser { get; init; }

    /// <summary>Whether the client trusts the lab's certificate authority.</summary>
    public bool TrustsLab { get; init; } = true;

    /// <summary>Whether Basic may go over plain HTTP.</summary>
    public bool AllowUnencrypted { get; init; }

    /// <summary>Whom the server must have taken the client for, when it is let in.</summary>
    public string? SignedInAs { get; init; }

    /// <summary>Every case; the settings give names and passwords.</summary>
    public static AuthCase[] All(Func<string, string> settings)
    {
        string user = settings("USER_NAME");
        string realm = settings("REALM");
        string domain = settings("DOMAIN");
        string special = settings("SPECIAL_USER_NAME");
        return
        [
            new("Kerberos, the current user's ticket", "KERBEROS_URL", "ok") { TicketCache = "CCACHE", SignedInAs = user },
            new("Kerberos, the current user's ticket, servers as IIS offers them", "WINDOWS_URL", "ok") { TicketCache = "CCACHE", SignedInAs = user },
            new("Kerberos, the current user's ticket, over TLS", "WINDOWS_TLS_URL", "ok") { TicketCache = "CCACHE", SignedInAs = user },
            new("Kerberos, the ticket of a user with an ampersand in the name", "KERBEROS_URL", "ok") { TicketCache = "CCACHE_SPECIAL", SignedInAs = special },
            new("Kerberos, user and password", "KERBEROS_URL", "ok") { User = user, Password = "USER_PASSWORD", SignedInAs = user },
            new("Kerberos, user@REALM and password", "KERBEROS_URL", "ok") { User = $"{user}@{realm}", Password = "USER_PASSWORD", SignedInAs = user },
            new("Kerberos, DOMAIN\\user and password", "KERBEROS_URL", "ok") { User = $"{realm}\\{user}", Password = "USER_PASSWORD", SignedInAs = user },
            new("Kerberos, user with an ampersand and password with everything", "KERBEROS_URL", "ok") { User = special, Password = "SPECIAL_USER_PASSWORD", SignedInAs = special },
            new("Kerberos, user and password although somebody else has a ticket", "KERBEROS_URL", "ok") { User = user, Password = "USER_PASSWORD", TicketCache = "CCACHE_SPECIAL", SignedInAs = user },
            new("Kerberos, no ticket", "KERBEROS_URL", "AuthenticationFailed"),
            new("Kerberos, expired ticket", "KERBEROS_URL", "AuthenticationFailed") { TicketCache = "CCACHE_EXPIRED" },
            new("Kerberos, wrong password", "KERBEROS_URL", "AuthenticationFailed") { User = user, Password = "wrong & \"password\"" },
            new("Kerberos, right denied", "KERBEROS_URL", "AccessDenied") { TicketCache = "CCACHE_DENIED" },
            new("NTLM inside Negotiate, DOMAIN\\user and password", "NEGOTIATE_NTLM_URL", "ok") { User = $"{domain}\\{user}", Password = "USER_PASSWORD", SignedInAs = user },
            new("NTLM inside Negotiate, the current user", "NEGOTIATE_NTLM_URL", "ok") { HasNtlmUser = true, SignedInAs = user },
            new("NTLM, DOMAIN\\user and password", "NTLM_URL", "ok") { User = $"{domain}\\{user}", Password = "USER_PASSWORD", SignedInAs = user },
            new("NTLM, servers as IIS offers them", "WINDOWS_URL", "ok") { User = $"{domain}\\{user}", Password = "USER_PASSWORD", SignedInAs = user },
            new("NTLM, wrong password", "NTLM_URL", "AuthenticationFailed") { User = $"{domain}\\{user}", Password = "wrong" },
            new("Basic over TLS", "BASIC_TLS_URL", "ok") { User = user, Password = "USER_PASSWORD", SignedInAs = user },
            new("Basic over plain HTTP is refused", "BASIC_URL", "BasicOverHttpRefused") { User = user, Password = "USER_PASSWORD" },
            new("Basic over plain HTTP when it is allowed", "BASIC_URL", "ok") { User = user, Password = "USER_PASSWORD", AllowUnencrypted = true, SignedInAs = user },
            new("Basic, wrong password", "BASIC_TLS_URL", "AuthenticationFailed") { User = user, Password = "wrong" },
            new("Basic is never answered for the current user", "BASIC_TLS_URL", "AuthenticationFailed") { TicketCache = "CCACHE" },
            new("TLS, a certificate nobody here trusts", "BASIC_TLS_URL", "TlsFailed") { User = user, Password = "USER_PASSWORD", TrustsLab = false },
            new("TLS, a certificate of another name", "BASIC_TLS_BY_IP_URL", "TlsFailed") { User = user, Password = "USER_PASSWORD" },
        ];
    }
}
