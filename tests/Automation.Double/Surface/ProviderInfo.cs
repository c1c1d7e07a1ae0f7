namespace System.Management.Automation;

/// <summary>The provider that a path belongs to: files, in the double.</summary>
public class ProviderInfo
{
    internal ProviderInfo(string name) => Name = name;

    public string Name { get; }
}

/// <summary>A drive of a provider; the double has none.</summary>
public class PSDriveInfo
{
    internal PSDriveInfo()
    {
    }
}
