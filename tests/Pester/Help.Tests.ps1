# Get-Help, as an admin types it.

BeforeDiscovery {
    . (Join-Path $PSScriptRoot 'Common.ps1')
    Import-TestedModule
    $Commands = @(Get-Command -Module OrchestratorConnector | ForEach-Object { @{ Command = $_.Name } })
    $Topics = @{ Topic = 'about_OrchestratorConnector' }, @{ Topic = 'about_OrchestratorConnector_Credentials' }, @{ Topic = 'about_OrchestratorConnector_Troubleshooting' }
}

BeforeAll {
    Set-StrictMode -Version Latest
    . (Join-Path $PSScriptRoot 'Common.ps1')
    Import-TestedModule
    [xml] $file = [System.IO.File]::ReadAllText((Join-Path (Split-Path (Get-ModuleManifestPath)) 'en-US/OrchestratorConnector.dll-Help.xml'))
    $synopses = @{}
    foreach ($entry in $file.helpItems.command) {
        $synopses[$entry.details.name] = $entry.details.description.para
    }
    # What the shell adds to every cmdlet that can be asked first, and to every cmdlet.
    $common = [System.Management.Automation.PSCmdlet]::CommonParameters
}

Describe 'Get-Help <Command>' -ForEach $Commands {
    BeforeAll {
        $help = Get-Help -Name $Command -Full
    }

    It 'has its synopsis and is not made up of the metadata' {
        $help.Synopsis | Should -Be $synopses[$Command]
        $help.Category | Should -Be 'Cmdlet'
        $help.ModuleName | Should -Be 'OrchestratorConnector'
        ($help.description.Text -join ' ') | Should -BeLike "$([WildcardPattern]::Escape($help.Synopsis))*"
    }

    It 'tells of every parameter' {
        $parameters = @((Get-Command -Name $Command).Parameters.Keys | Where-Object { $_ -notin $common })
        @(Get-Help -Name $Command -Parameter * | ForEach-Object name) | Sort-Object | Should -Be ($parameters | Sort-Object)
        foreach ($parameter in $parameters) {
            ((Get-Help -Name $Command -Parameter $parameter).description.Text -join ' ') | Should -Match '\w+ \w+'
        }
    }

    It 'has the syntax of every parameter set, the default one first' {
        $sets = @((Get-Command -Name $Command).ParameterSets)
        @($help.syntax.syntaxItem).Count | Should -Be $sets.Count
        $default = @($sets | Where-Object { $_.IsDefault -or $sets.Count -eq 1 })[0]
        @(@($help.syntax.syntaxItem)[0].parameter | ForEach-Object name) | Sort-Object | Should -Be @($default.Parameters.Name | Where-Object { $_ -notin $common } | Sort-Object)
    }

    It 'shows its examples' {
        @($help.examples.example).Count | Should -BeGreaterOrEqual 2
        $shown = Get-Help -Name $Command -Examples | Out-String -Width 500
        foreach ($example in $help.examples.example) {
            foreach ($line in $example.code -split "`n") {
                $shown.Contains($line.Trim()) | Should -BeTrue -Because "it shows $line"
            }
        }
    }

    It 'shows all of it' {
        $shown = $help | Out-String -Width 200
        foreach ($heading in 'NAME', 'SYNOPSIS', 'SYNTAX', 'DESCRIPTION', 'PARAMETERS', 'RELATED LINKS') {
            $shown | Should -MatchExactly "(?m)^$heading\s*$"
        }
    }
}

Describe 'A parameter' {
    It 'says what the shell does with it' {
        $name = Get-Help Sync-OrchestratorConnector -Parameter Name
        $name.required | Should -Be 'true'
        $name.position | Should -Be '0'
        $name.pipelineInput | Should -Be 'True (ByPropertyName, ByValue)'
        $name.globbing | Should -Be 'true'
        (Get-Help New-OrchestratorConnector -Parameter ServiceUrl).aliases | Should -Be 'Url, Uri'
        (Get-Help Invoke-SMRunbook -Parameter ThrottleLimit).defaultValue | Should -Be '8'
        (Get-Help Get-SMRunbook -Parameter Status).description.Text -join ' ' | Should -BeLike '*Values: Active, Invalid, Missing, PendingDelete.'
    }
}

Describe '<Topic>' -ForEach $Topics {
    It 'is found, with what it is about' {
        $found = Get-Help -Name $Topic
        @($found).Count | Should -Be 1
        "$found" | Should -BeLike "TOPIC*$Topic*SHORT DESCRIPTION*LONG DESCRIPTION*SEE ALSO*"
        (Get-Help -Name 'about_OrchestratorConnector*' | Where-Object Name -eq $Topic).Synopsis | Should -Match '^[A-Z].*\.$'
    }
}

Describe 'In the language of <Culture>' -ForEach @{ Culture = 'de-DE' }, @{ Culture = 'fr' }, @{ Culture = '' } {
    It 'there is English help' {
        $shell = New-TestShell @'
param($Culture)
[cultureinfo]::CurrentUICulture = [cultureinfo]::GetCultureInfo($Culture)
(Get-Help Get-SMRunbook).Synopsis
"$(Get-Help about_OrchestratorConnector)".Contains('A FIRST SESSION')
'@
        try {
            $shell.AddParameter('Culture', $Culture).Invoke() | Should -Be $synopses['Get-SMRunbook'], $true
        }
        finally {
            $shell.Dispose()
        }
    }
}

Describe 'Where there are no cultures at all' {
    It 'there is help' {
        $result = Invoke-OtherShell -Environment @{ DOTNET_SYSTEM_GLOBALIZATION_INVARIANT = '1'; LC_ALL = 'C' } -Script 'Import-Module $module; (Get-Help Get-SMRunbook).Synopsis; "$(Get-Help about_OrchestratorConnector)".Contains("A FIRST SESSION")'
        $result.Errors | Should -BeNullOrEmpty
        $result.Output -split '\r?\n' | Should -Be $synopses['Get-SMRunbook'], 'True'
    }
}
