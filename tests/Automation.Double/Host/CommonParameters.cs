namespace System.Management.Automation.Double;

/// <summary>
/// The parameters that the engine gives to every cmdlet. Those that would need variables are here for their names alone, which no
/// cmdlet may use again; they refuse a value.
/// </summary>
internal class CommonParameters
{
    [Parameter]
    [Alias("vb")]
    public SwitchParameter Verbose { get; set; }

    [Parameter]
    [Alias("db")]
    public SwitchParameter Debug { get; set; }

    [Parameter]
    [Alias("ea")]
    public ActionPreference ErrorAction { get; set; }

    [Parameter]
    [Alias("wa")]
    public ActionPreference WarningAction { get; set; }

    [Parameter]
    [Alias("infa")]
    public ActionPreference InformationAction { get; set; }

    [Parameter]
    [Alias("ev")]
    public string? ErrorVariable { get => null; set => Refuse(value); }

    [Parameter]
    [Alias("wv")]
    public string? WarningVariable { get => null; set => Refuse(value); }

    [Parameter]
    [Alias("iv")]
    public string? InformationVariable { get => null; set => Refuse(value); }

    [Parameter]
    [Alias("ov")]
    public string? OutVariable { get => null; set => Refuse(value); }

    [Parameter]
    [Alias("ob")]
    public string? OutBuffer { get => null; set => Refuse(value); }

    [Parameter]
    [Alias("pv")]
    public string? PipelineVariable { get => null; set => Refuse(value); }

    private static void Refuse(string? value) => throw new NotSupportedException("This parameter is not supported here: " + value);
}

/// <summary>The two more that it gives to a cmdlet which supports ShouldProcess.</summary>
internal sealed class ShouldProcessParameters : CommonParameters
{
    [Parameter]
    [Alias("wi")]
    public SwitchParameter WhatIf { get; set; }

    [Parameter]
    [Alias("cf")]
    public SwitchParameter Confirm { get; set; }
}
