namespace System.Management.Automation.Double;

/// <summary>Makes what <c>[pscustomobject]@{ ... }</c> makes.</summary>
public static class CustomObject
{
    /// <summary>An object that is nothing but these properties, in this order.</summary>
    public static PSObject Of(params (string Name, object? Value)[] properties)
    {
        ArgumentNullException.ThrowIfNull(properties);
        PSObject custom = new();
        foreach ((string name, object? value) in properties)
        {
            custom.Properties.Add(new PSNoteProperty(name, value));
        }

        return custom;
    }
}
