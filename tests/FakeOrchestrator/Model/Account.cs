using System.Globalization;

namespace FakeOrchestrator;

/// <summary>How accounts stand in CreatedBy and its neighbours.</summary>
internal static class Account
{
    /// <summary>An account of the source, which knows SIDs alone.</summary>
    internal static string? Of(string? sid, Quirks quirks)
    {
        return quirks.SidsInByFields || sid is null ? sid : "CONTOSO\\account" + sid[(sid.LastIndexOf('-') + 1)..];
    }

    /// <summary>Who signed in; who did not have to is the administrator. A name always has the same SID.</summary>
    internal static string OfUser(string? user, Quirks quirks)
    {
        if (user is null)
        {
            return Of("S-1-5-500", quirks)!;
        }

        uint number = 2166136261;
        foreach (char letter in user.ToUpperInvariant())
        {
            number = unchecked((number ^ letter) * 16777619);
        }

        return quirks.SidsInByFields ? string.Create(CultureInfo.InvariantCulture, $"S-1-5-21-1111111111-2222222222-3333333333-{2000 + (number % 1_000_000)}") : user;
    }
}
