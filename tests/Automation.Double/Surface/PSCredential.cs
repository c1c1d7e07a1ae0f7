using System.Net;
using System.Security;

namespace System.Management.Automation;

public sealed class PSCredential
{
    private readonly string? _userName;
    private readonly SecureString? _password;
    private NetworkCredential? _network;

    public PSCredential(string userName, SecureString password)
    {
        if (userName is null)
        {
            throw new PSArgumentNullException(nameof(userName));
        }

        if (userName.Length == 0)
        {
            throw new PSArgumentException("Cannot process argument because the value of argument \"userName\" is not valid. Change the value of the \"userName\" argument and run the operation again.", nameof(userName));
        }

        if (password is null)
        {
            throw new PSArgumentNullException(nameof(password));
        }

        _userName = userName;
        _password = password;
    }

    private PSCredential()
    {
    }

    public static PSCredential Empty { get; } = new();

    public SecureString Password => _password!;

    public string UserName => _userName!;

    public static explicit operator NetworkCredential?(PSCredential credential)
        => credential is null ? throw new PSArgumentNullException(nameof(credential)) : credential.GetNetworkCredential();

    /// <summary>The user and the domain apart: <c>DOMAIN\user</c>, and <c>user@domain</c> unless that looks like a mail address.</summary>
    public NetworkCredential? GetNetworkCredential()
    {
        if (_network is null && !string.IsNullOrEmpty(_userName))
        {
            (string user, string domain) = Split(_userName);
            if (user.Length == 0)
            {
                throw new PSArgumentException("The user name is not in a valid format.", nameof(UserName));
            }

            _network = new NetworkCredential(user, _password, domain);
        }

        return _network;
    }

    private static (string User, string Domain) Split(string name)
    {
        int slash = name.IndexOf('\\', StringComparison.Ordinal);
        if (slash >= 0)
        {
            return (name[(slash + 1)..], name[..slash]);
        }

        int at = name.LastIndexOf('@');
        bool isDomain = at >= 0 && (name.LastIndexOf('.') < at || name.IndexOf('@', StringComparison.Ordinal) != at);
        return isDomain ? (name[..at], name[(at + 1)..]) : (name, string.Empty);
    }
}
