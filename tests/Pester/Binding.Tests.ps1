# How arguments reach the cmdlets: pipeline, property names, aliases, wildcards, -PassThru, -WhatIf, -Confirm, ranges.

BeforeDiscovery {
    $Ranges = @(
        @{ Command = 'New-OrchestratorConnector'; Parameter = 'TimeoutSeconds'; Value = 0; Arguments = @{ Name = 'A'; ServiceUrl = 'http://a.invalid'; SkipTest = $true } }
        @{ Command = 'New-OrchestratorConnector'; Parameter = 'TimeoutSeconds'; Value = 3601; Arguments = @{ Name = 'A'; ServiceUrl = 'http://a.invalid'; SkipTest = $true } }
        @{ Command = 'Set-OrchestratorConnector'; Parameter = 'TimeoutSeconds'; Value = -1; Arguments = @{ Name = 'A' } }
        @{ Command = 'Test-OrchestratorConnector'; Parameter = 'TimeoutSeconds'; Value = 0; Arguments = @{ ServiceUrl = 'http://a.invalid' } }
        @{ Command = 'Get-OrchestratorConnectorHistory'; Parameter = 'Last'; Value = 0; Arguments = @{} }
        @{ Command = 'Get-OrchestratorConnectorHistory'; Parameter = 'Last'; Value = -5; Arguments = @{} }
    )
    $Mandatory = @(
        @{ Command = 'New-OrchestratorConnector'; Parameters = 'Name', 'ServiceUrl' }
        @{ Command = 'Set-OrchestratorConnector'; Parameters = @('Name') }
        @{ Command = 'New-OrchestratorRunAsAccount'; Parameters = @('Name') }
        @{ Command = 'Set-OrchestratorRunAsAccount'; Parameters = @('Name') }
        @{ Command = 'Remove-OrchestratorRunAsAccount'; Parameters = @('Name') }
    )
    $Silent = @(
        @{ Command = 'Set-OrchestratorConnector'; Arguments = @{ Name = 'Alpha'; Description = 'Changed' } }
        @{ Command = 'Disable-OrchestratorConnector'; Arguments = @{ Name = 'Alpha' } }
        @{ Command = 'Enable-OrchestratorConnector'; Arguments = @{ Name = 'Alpha' } }
        @{ Command = 'Set-OrchestratorRunAsAccount'; Arguments = @{ Name = 'Service'; Description = 'Changed' } }
    )
}

BeforeAll {
    . (Join-Path $PSScriptRoot 'Common.ps1')
    Import-TestedModule

    function New-Sample {
        $null = New-OrchestratorConnector -Name Alpha -ServiceUrl http://alpha.invalid:81 -Folder '\Production' -SkipTest
        $null = New-OrchestratorConnector -Name Beta -ServiceUrl http://beta.invalid:81 -SkipTest
        $null = New-OrchestratorConnector -Name 'Alpine Two' -ServiceUrl http://alpine.invalid:81 -SkipTest
        $null = New-OrchestratorRunAsAccount -Name Service -Credential (New-TestCredential 'CONTOSO\svc' 'first')
    }
}

Describe 'Choosing connectors' {
    BeforeAll {
        $null = New-TestStore
        New-Sample
    }

    It 'gets all without a name' {
        (Get-OrchestratorConnector).Name | Should -Be @('Alpha', 'Alpine Two', 'Beta')
    }

    It 'takes a name in any case, by position' {
        (Get-OrchestratorConnector alpha).Name | Should -BeExactly 'Alpha'
    }

    It 'takes wildcard <Pattern>' -ForEach @(
        @{ Pattern = 'Al*'; Names = 'Alpha', 'Alpine Two' }
        @{ Pattern = '?eta'; Names = @('Beta') }
        @{ Pattern = '[b-c]*'; Names = @('Beta') }
        @{ Pattern = '*two'; Names = @('Alpine Two') }
    ) {
        @(Get-OrchestratorConnector $Pattern).Name | Should -Be $Names
    }

    It 'takes several names, and each from the pipeline by value' {
        (Get-OrchestratorConnector Beta, Alpha).Name | Should -Be @('Beta', 'Alpha')
        ('Beta', 'Alpha' | Get-OrchestratorConnector).Name | Should -Be @('Beta', 'Alpha')
    }

    It 'takes names by property name' {
        ([pscustomobject]@{ Name = 'Beta' } | Get-OrchestratorConnector).Name | Should -Be 'Beta'
    }

    It 'gives connectors to <_> by the pipeline' -ForEach 'Enable-OrchestratorConnector', 'Disable-OrchestratorConnector' {
        @(Get-OrchestratorConnector | & $_ -PassThru).Count | Should -Be 3
    }

    It 'finds the store of an object from the pipeline again' {
        $here = $env:ORCHESTRATOR_CONNECTOR_STATE
        $connectors = Get-OrchestratorConnector
        $null = New-TestStore
        try {
            ($connectors | Get-OrchestratorConnector).StatePath | Select-Object -Unique | Should -Be $here
            ($connectors | Disable-OrchestratorConnector -PassThru).StatePath | Select-Object -Unique | Should -Be $here
        }
        finally {
            $env:ORCHESTRATOR_CONNECTOR_STATE = $here
        }
    }

    It 'takes -StatePath through the shell''s own paths' {
        $here = $env:ORCHESTRATOR_CONNECTOR_STATE
        Copy-Item -LiteralPath $here -Destination 'TestDrive:/copy.db'
        $null = New-TestStore
        try {
            (Get-OrchestratorConnector Beta -StatePath 'TestDrive:/copy.db').StatePath | Should -Be (Join-Path (Get-PSDrive -Name TestDrive).Root 'copy.db')
            Push-Location -LiteralPath 'TestDrive:/'
            (Get-OrchestratorConnector Beta -StatePath 'copy.db').Name | Should -Be 'Beta'
            Pop-Location
            Get-OrchestratorConnector | Should -BeNullOrEmpty
        }
        finally {
            $env:ORCHESTRATOR_CONNECTOR_STATE = $here
        }
    }
}

Describe 'Parameters' {
    BeforeEach {
        $null = New-TestStore
    }

    It 'know <Alias> for the service URL' -ForEach @(@{ Alias = 'Url' }, @{ Alias = 'Uri' }) {
        foreach ($command in 'New-OrchestratorConnector', 'Set-OrchestratorConnector', 'Test-OrchestratorConnector', 'Get-OrchestratorFolder') {
            (Get-Command -Name $command).Parameters['ServiceUrl'].Aliases | Should -Contain $Alias
        }
        $arguments = @{ Name = 'A'; $Alias = 'http://a.invalid:81'; SkipTest = $true }
        (New-OrchestratorConnector @arguments).ServiceUrl | Should -Be 'http://a.invalid:81/'
    }

    It 'of <Command> that have to be given: <Parameters>' -ForEach $Mandatory {
        $set = (Get-Command -Name $Command).ParameterSets | Select-Object -First 1
        $found = $set.Parameters | Where-Object { $_.IsMandatory -and $_.Name -ne 'Credential' } | Select-Object -ExpandProperty Name
        $found | Should -Be $Parameters
    }

    It '-<Parameter> <Value> is out of the range of <Command>' -ForEach $Ranges {
        $Arguments[$Parameter] = $Value
        $problem = Get-ErrorOf { & $Command @Arguments }
        $problem.FullyQualifiedErrorId | Should -BeLike 'ParameterArgumentValidationError,OrchestratorConnector.Commands.*'
    }

    It 'refuse a word that is not in the enumeration' {
        $problem = Get-ErrorOf { New-OrchestratorConnector A http://a.invalid -Protocol Soap -SkipTest }
        $problem.FullyQualifiedErrorId | Should -BeLike 'CannotConvertArgumentNoMessage,*'
        $problem.Exception.Message | Should -BeLike '*Auto*Atom*WebApi*'
    }

    It 'make a connector of an object whose properties have their names' {
        $row = [pscustomobject]@{
            Name           = 'From a table'
            ServiceUrl     = 'http://table.invalid:81/Orchestrator2012/Orchestrator.svc'
            Folder         = 'Production/Servers'
            Description    = 'Row 1'
            WebConsoleUrl  = 'http://table.invalid:82'
            Protocol       = 'Atom'
            TimeoutSeconds = 30
        }
        $connector = $row | New-OrchestratorConnector -SkipTest
        foreach ($property in 'Name', 'Description', 'TimeoutSeconds') {
            $connector.$property | Should -Be $row.$property
        }
        "$($connector.ServiceUrl)" | Should -Be $row.ServiceUrl
        "$($connector.WebConsoleUrl)" | Should -Be 'http://table.invalid:82/'
        $connector.Folder | Should -Be '\Production\Servers'
        "$($connector.Protocol)" | Should -Be 'Atom'
    }

    It 'take the service URL from a property of the alias''s name' {
        $connector = [pscustomobject]@{ Name = 'A'; Url = 'http://alias.invalid:81' } | New-OrchestratorConnector -SkipTest
        $connector.ServiceUrl | Should -Be 'http://alias.invalid:81/'
    }

    It 'take rows of a CSV file' {
        $rows = "Name,ServiceUrl,Folder`nOne,http://one.invalid:81,\A`nTwo,http://two.invalid:81,\B" | ConvertFrom-Csv
        (($rows | New-OrchestratorConnector -SkipTest).Folder) | Should -Be @('\A', '\B')
    }

    It 'copy a connector into another store' {
        New-Sample
        $source = Get-OrchestratorConnector
        $target = Join-Path (Get-PSDrive -Name TestDrive).Root 'target.db'
        $copies = $source | Select-Object -Property Name, ServiceUrl, Folder, Protocol, TimeoutSeconds | New-OrchestratorConnector -StatePath $target -SkipTest
        $copies.Name | Should -Be $source.Name
        $copies.Folder | Should -Be $source.Folder
    }

    It 'that objects can fill have the names of the objects'' properties' {
        $properties = (New-OrchestratorConnector A http://a.invalid -SkipTest).PSObject.Properties.Name
        foreach ($command in 'New-OrchestratorConnector', 'Set-OrchestratorConnector') {
            $taken = (Get-Command -Name $command).Parameters.Values | Where-Object { $_.ParameterSets.Values.ValueFromPipelineByPropertyName -contains $true }
            foreach ($parameter in $taken) {
                $properties | Should -Contain $parameter.Name -Because "$command takes it by property name"
            }
        }
    }

    It '-Schedule, -At and -Every make a schedule' {
        (New-OrchestratorConnector A http://a.invalid -SkipTest).Schedule | Should -Be 'Daily at 02:00'
        (New-OrchestratorConnector B http://a.invalid -At 04:30 -SkipTest -WarningAction Ignore).Schedule | Should -Be 'Daily at 04:30'
        (New-OrchestratorConnector C http://a.invalid -Every 04:00:00 -SkipTest -WarningAction Ignore).Schedule | Should -Be 'Every 04:00:00'
        $none = New-OrchestratorConnector D http://a.invalid -Schedule None -SkipTest -WarningAction Ignore
        $none.Schedule | Should -Be 'None'
        $none.NextRunTime | Should -BeNullOrEmpty
    }
}

Describe 'A credential' {
    BeforeEach {
        $null = New-TestStore
    }

    It 'makes an account of the connector''s name' {
        $connector = New-OrchestratorConnector A http://a.invalid -Credential (New-TestCredential 'user@contoso.com' 'x') -SkipTest
        $connector.RunAsAccount | Should -Be 'A'
        $account = Get-OrchestratorRunAsAccount A
        $account.UserName | Should -Be 'user@contoso.com'
        $account.Connectors | Should -Be @('A')
    }

    It 'takes the user name <_> as it is' -ForEach 'CONTOSO\svc', 'svc@contoso.com', 'a b', 'd'':"e', ([string][char]0xE4 + 'rger') {
        (New-OrchestratorRunAsAccount -Name A -Credential (New-TestCredential $_ 'x')).UserName | Should -BeExactly $_
    }

    It 'cannot be given beside an account' {
        $null = New-OrchestratorRunAsAccount -Name Service -Credential (New-TestCredential 'u' 'x')
        $problem = Get-ErrorOf { New-OrchestratorConnector A http://a.invalid -Credential (New-TestCredential 'u' 'x') -RunAsAccount Service -SkipTest }
        $problem.FullyQualifiedErrorId | Should -BeLike 'ConnectorSettingsConflict,*'
        Get-OrchestratorConnector | Should -BeNullOrEmpty
    }

    It 'is refused as text where nobody can be asked for the password' {
        $result = Invoke-OtherShell 'Import-Module $module; New-OrchestratorRunAsAccount A someone' -Environment @{ ORCHESTRATOR_CONNECTOR_STATE = New-TestStore }
        $result.ExitCode | Should -Be 1
        $result.Errors | Should -Not -BeNullOrEmpty
    }
}

Describe 'Changing' {
    BeforeEach {
        $null = New-TestStore
        New-Sample
    }

    It '<Command> is silent, and returns the object with -PassThru' -ForEach $Silent {
        & $Command @Arguments | Should -BeNullOrEmpty
        $passed = & $Command @Arguments -PassThru
        @($passed).Count | Should -Be 1
        $passed.Name | Should -Be $Arguments.Name
    }

    It 'changes only what is given' {
        $before = Get-OrchestratorConnector Alpha
        Set-OrchestratorConnector Alpha -Description 'New words'
        $after = Get-OrchestratorConnector Alpha
        $after.Description | Should -Be 'New words'
        foreach ($property in $before.PSObject.Properties.Name -ne 'Description') {
            "$($after.$property)" | Should -Be "$($before.$property)" -Because $property
        }
    }

    It 'takes what is empty as nothing' {
        Set-OrchestratorConnector Alpha -Description 'Words' -WebConsoleUrl http://console.invalid:82 -RunAsAccount Service -SkipTest
        Set-OrchestratorConnector Alpha -Description '' -WebConsoleUrl $null -RunAsAccount '' -SkipTest
        $after = Get-OrchestratorConnector Alpha
        $after.Description | Should -BeNullOrEmpty
        $after.WebConsoleUrl | Should -BeNullOrEmpty
        $after.RunAsAccount | Should -BeNullOrEmpty
    }

    It 'takes connectors that another cmdlet returned, with new values beside them' {
        Get-OrchestratorConnector Al* | Set-OrchestratorConnector -Description 'Both' -SkipTest -WarningAction Ignore
        (Get-OrchestratorConnector | Where-Object Description -EQ 'Both').Name | Should -Be @('Alpha', 'Alpine Two')
    }

    It 'with -WhatIf changes nothing: <_>' -ForEach @(
        'New-OrchestratorConnector New http://new.invalid -WhatIf'
        'New-OrchestratorConnector New http://new.invalid -Credential ([pscredential]::new(''u'', [securestring]::new())) -WhatIf'
        'Set-OrchestratorConnector Alpha -NewName Omega -Folder \ -WhatIf -WarningAction Ignore'
        'Disable-OrchestratorConnector * -WhatIf'
        'Remove-OrchestratorConnector * -WhatIf'
        'Remove-OrchestratorConnector Alpha -KeepRunbook -WhatIf'
        'New-OrchestratorRunAsAccount New ([pscredential]::new(''u'', [securestring]::new())) -WhatIf'
        'Set-OrchestratorRunAsAccount Service ([pscredential]::new(''u'', [securestring]::new())) -WhatIf'
        'Remove-OrchestratorRunAsAccount * -WhatIf'
    ) {
        $before = (Get-OrchestratorConnector | Format-List -Property * | Out-String) + (Get-OrchestratorRunAsAccount | Format-List -Property * | Out-String)
        (Invoke-InRunspace $_).Errors | Should -BeNullOrEmpty
        $after = (Get-OrchestratorConnector | Format-List -Property * | Out-String) + (Get-OrchestratorRunAsAccount | Format-List -Property * | Out-String)
        $after | Should -BeExactly $before
    }

    It 'with -WhatIf does not even connect' {
        (Invoke-InRunspace "New-OrchestratorConnector New http://127.0.0.1:$(Get-ClosedPort) -WhatIf").Errors | Should -BeNullOrEmpty
    }
}

Describe 'Confirmation' {
    It 'has high impact for what removes, and for nothing else' {
        foreach ($command in Get-Command -Module OrchestratorConnector) {
            $attribute = [System.Attribute]::GetCustomAttribute($command.ImplementingType, [System.Management.Automation.CmdletAttribute])
            if ($command.Verb -eq 'Remove') {
                $attribute.ConfirmImpact | Should -Be 'High'
            }
            else {
                $attribute.ConfirmImpact | Should -Not -Be 'High'
            }
        }
    }

    It 'is refused where nobody can be asked, and nothing is removed; -Confirm:$false removes' {
        $store = New-TestStore
        New-Sample
        $result = Invoke-OtherShell @'
Import-Module $module
try { Remove-OrchestratorConnector Alpha } catch { "refused: $($_.CategoryInfo.Reason)" }
try { Remove-OrchestratorRunAsAccount Service } catch { "refused: $($_.CategoryInfo.Reason)" }
try { Set-OrchestratorConnector Alpha -Description New -Confirm } catch { "refused: $($_.CategoryInfo.Reason)" }
'@ -Environment @{ ORCHESTRATOR_CONNECTOR_STATE = $store }
        @($result.Output -split '\r?\n' -like 'refused: *').Count | Should -Be 3
        (Get-OrchestratorConnector Alpha).Description | Should -BeNullOrEmpty
        (Get-OrchestratorRunAsAccount Service).Name | Should -Be 'Service'

        $result = Invoke-OtherShell @'
Import-Module $module
Remove-OrchestratorConnector Alpha -Confirm:$false
Remove-OrchestratorRunAsAccount Service -Confirm:$false
'@ -Environment @{ ORCHESTRATOR_CONNECTOR_STATE = $store }
        $result.Errors | Should -BeNullOrEmpty
        (Get-OrchestratorConnector).Name | Should -Be @('Alpine Two', 'Beta')
        Get-OrchestratorRunAsAccount | Should -BeNullOrEmpty
    }

    It 'follows $ConfirmPreference' {
        $null = New-TestStore
        New-Sample
        $ConfirmPreference = 'None'
        Remove-OrchestratorConnector Beta
        (Get-OrchestratorConnector).Name | Should -Not -Contain 'Beta'
    }

    It 'names the operation and its object in what -WhatIf says' {
        $server = Get-SharedServer
        $result = Invoke-OtherShell @"
Import-Module `$module
New-OrchestratorConnector A $($server.Atom) -WhatIf
`$null = New-OrchestratorConnector B $($server.Atom)
Set-OrchestratorConnector B -Description x -WhatIf
Disable-OrchestratorConnector B -WhatIf
`$null = Sync-OrchestratorConnector B -WhatIf
Remove-OrchestratorConnector B -WhatIf
"@ -Environment @{ ORCHESTRATOR_CONNECTOR_STATE = New-TestStore }
        $lines = $result.Output -split '\r?\n' -like 'What if: *'
        $lines[0] | Should -Match 'Register connector.*A \('
        $lines[1] | Should -Match 'Change connector.*B'
        $lines[2] | Should -Match 'Disable connector.*B'
        $lines[3] | Should -Match 'Synchronize.*B'
        $lines[4] | Should -Match 'Remove connector.*B'
    }
}
