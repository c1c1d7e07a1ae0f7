# Connectors go from one environment to another: a file that other tools can read, an import that says what it does.

BeforeAll {
    . (Join-Path $PSScriptRoot 'Common.ps1')
    Import-TestedModule
    $server = Get-SharedServer
    $secret = 'p4ss:w0rd "q" \ ' + [char]0xE4 + [char]0x20AC
    $credential = New-TestCredential 'CONTOSO\svc' $secret
}

Describe 'Two stores' {
    BeforeEach {
        $source = New-TestStore
        $target = New-TestStore
        $env:ORCHESTRATOR_CONNECTOR_STATE = $source
        New-OrchestratorRunAsAccount -Name Runbooks -Credential $credential | Out-Null
        New-OrchestratorConnector Production $server.Atom -SkipTest -Description "Gr$([char]0xF6)$([char]0xDF)e" -WebConsoleUrl http://console:82/ | Out-Null
        New-OrchestratorConnector Test $server.WebApi -SkipTest -RunAsAccount Runbooks -Every 04:00:00 -Disabled -WarningAction Ignore | Out-Null
        Sync-OrchestratorConnector Production | Out-Null
        $runbook = Get-SMRunbook -Connector Production | Where-Object { -not $_.IsMonitor -and @($_.Parameters | Where-Object Direction -EQ 'In').Count -gt 0 } | Select-Object -First 1
        $map = @{}
        $runbook.Parameters | Where-Object Direction -EQ 'In' | ForEach-Object { $map[$_.Name] = { $_.Name + "`n" } }
        New-SMRunbookActivity Restart $runbook.Path -Connector Production -Map $map -ReadyForAutomation | Out-Null
        $file = Join-Path (Split-Path $source) 'connectors.json'
        Export-OrchestratorConnector $file
    }

    It 'become alike' {
        $first = Import-OrchestratorConnector $file -StatePath $target -Credential @{ Runbooks = $credential }
        "$($first.Action | Select-Object -Unique)" | Should -Be 'Created'
        @($first.Kind | ForEach-Object { "$_" }) | Should -Be @('Account', 'Connector', 'Connector', 'Activity')

        $second = Import-OrchestratorConnector $file -StatePath $target
        "$($second.Action | Select-Object -Unique)" | Should -Be 'Unchanged'

        $properties = 'Name', 'ServiceUrl', 'Folder', 'WebConsoleUrl', 'Description', 'RunAsAccount', 'Schedule', 'Enabled', 'TimeoutSeconds', 'ParameterEncoding'
        $here = Get-OrchestratorConnector | Select-Object $properties | ConvertTo-Csv
        $there = Get-OrchestratorConnector -StatePath $target | Select-Object $properties | ConvertTo-Csv
        $there | Should -Be $here

        $activity = Get-SMRunbookActivity Restart -StatePath $target
        $activity.Map[@($map.Keys)[0]] | Should -BeOfType [scriptblock]
        (Sync-OrchestratorConnector Production -StatePath $target).Status | Should -Be 'FinishedSuccess'
        (Import-OrchestratorConnector $file -StatePath $target | Where-Object Kind -EQ 'Activity').Reason | Should -BeNullOrEmpty
    }

    It 'exchange a file that ConvertFrom-Json reads' {
        $document = [System.IO.File]::ReadAllText($file) | ConvertFrom-Json
        $document.SchemaVersion | Should -Be 1
        $document.ProductVersion | Should -Be (Get-ModuleVersion)
        @($document.Connectors.Name) | Should -Be @('Production', 'Test')
        $document.Connectors[0].Description | Should -BeExactly "Gr$([char]0xF6)$([char]0xDF)e"
        $document.Connectors[1].Schedule.Every | Should -Be '04:00:00'
        $document.Connectors[1].Enabled | Should -BeFalse
        $document.Accounts[0].UserName | Should -BeExactly 'CONTOSO\svc'
        $document.Activities[0].Map[0].Script | Should -BeExactly ' $_.Name + "`n" '
        [System.IO.File]::ReadAllBytes($file)[0] | Should -Be 0x7B
        [System.IO.File]::ReadAllText($file) | Should -Not -Match "`r"
    }

    It 'take a file that a script made' {
        $document = [System.IO.File]::ReadAllText($file) | ConvertFrom-Json
        $document.Connectors | ForEach-Object { $_.Folder = 'Ops/Sub'; $_.RunAsAccount = $null }
        $document | ConvertTo-Json -Depth 10 | Set-Content -LiteralPath $file -Encoding Unicode
        (Import-OrchestratorConnector $file -StatePath $target -ErrorAction SilentlyContinue | Where-Object Kind -EQ 'Connector').Action | Should -Be @('Created', 'Created')
        (Get-OrchestratorConnector Test -StatePath $target).Folder | Should -BeExactly '\Ops\Sub'
    }

    It 'keep the password out of the file, and out of what is said' {
        $text = [System.IO.File]::ReadAllText($file)
        $text | Should -Not -Match 'p4ss'
        $all = Import-OrchestratorConnector $file -StatePath $target -Credential @{ Runbooks = $credential } -Verbose -Debug *>&1 | Format-List -Property * -Force | Out-String -Width 4000
        $all | Should -Not -Match 'p4ss'
    }

    It 'show with -WhatIf what would change, and stay as they are' {
        New-OrchestratorConnector Production http://other:81/api -SkipTest -StatePath $target | Out-Null
        $before = [System.IO.File]::ReadAllBytes($target)
        $run = Import-OrchestratorConnector $file -StatePath $target -Credential @{ Runbooks = $credential } -WhatIf
        @($run | ForEach-Object { "$($_.Kind) $($_.Action) $($_.WhatIf)" }) | Should -Be @('Account Created True', 'Connector Changed True', 'Connector Created True', 'Activity Created True')
        $run[1].Changes[1] | Should -BeExactly "ServiceUrl: http://other:81/api $([char]0x2192) $($server.Atom)"
        [System.Linq.Enumerable]::SequenceEqual([byte[]]$before, [System.IO.File]::ReadAllBytes($target)) | Should -BeTrue
        $table = $run | Format-Table | Out-String -Width 120
        $table | Should -Match 'Would change\s+Connector\s+Production'
        $table | Should -Match 'Would create\s+Account\s+Runbooks'
        $table -split "`n" | ForEach-Object { $_.TrimEnd().Length | Should -BeLessOrEqual 120 }
    }

    It 'write a connector whose account is missing to the error stream, and import the other' {
        $results = Import-OrchestratorConnector $file -StatePath $target -ErrorVariable failed -ErrorAction SilentlyContinue
        @($failed.FullyQualifiedErrorId) | Should -Be @('ImportCredentialMissing,OrchestratorConnector.Commands.ImportOrchestratorConnectorCommand', 'ImportAccountMissing,OrchestratorConnector.Commands.ImportOrchestratorConnectorCommand')
        @($results | Where-Object Action -EQ 'Failed').Name | Should -Be @('Runbooks', 'Test')
        (Get-OrchestratorConnector -StatePath $target).Name | Should -Be 'Production'
    }

    It 'have their own addresses, credentials and consoles' {
        Import-OrchestratorConnector $file -StatePath $target -Name Test -Credential @{ runbooks = $credential } -ServiceUrl @{ test = 'http://test:81/' } -WebConsoleUrl @{ test = 'http://test:82/' } -Disabled | Out-Null
        $there = Get-OrchestratorConnector -StatePath $target
        $there.Name | Should -Be 'Test'
        $there.ServiceUrl.OriginalString | Should -Be 'http://test:81'
        $there.WebConsoleUrl.OriginalString | Should -Be 'http://test:82/'
        $there.Protocol | Should -Be 'Auto'
        { Import-OrchestratorConnector $file -StatePath $target -ServiceUrl @{ Tset = 'http://test:81/' } } | Should -Throw -ErrorId 'ImportNameUnknown,*'
    }
}

Describe 'The path of a file' {
    BeforeEach {
        $store = New-TestStore
        New-OrchestratorConnector Production $server.Atom -SkipTest | Out-Null
        $folder = Split-Path $store
    }

    It 'may be on a drive of the shell' {
        $null = New-PSDrive -Name Exports -PSProvider FileSystem -Root $folder
        $written = Export-OrchestratorConnector Exports:\connectors.json -PassThru
        $written | Should -BeOfType [System.IO.FileInfo]
        $written.FullName | Should -Be (Join-Path $folder 'connectors.json')
        (Import-OrchestratorConnector Exports:/connectors.json).Action | Should -Be 'Unchanged'
    }

    It 'is one from the current location' {
        Push-Location -LiteralPath $folder
        try {
            Export-OrchestratorConnector ./here.json
            (Import-OrchestratorConnector here.json).Action | Should -Be 'Unchanged'
        }
        finally {
            Pop-Location
        }
        Join-Path $folder 'here.json' | Should -Exist
    }

    It 'may hold brackets with -LiteralPath, and no wildcards with -Path' {
        $file = Join-Path $folder 'con[1].json'
        { Export-OrchestratorConnector $file } | Should -Throw -ErrorId 'FilePathInvalid,*'
        { Import-OrchestratorConnector (Join-Path $folder '*.json') } | Should -Throw -ErrorId 'FilePathInvalid,*'
        Export-OrchestratorConnector -LiteralPath $file
        Test-Path -LiteralPath $file | Should -BeTrue
        (Import-OrchestratorConnector -LiteralPath $file).Action | Should -Be 'Unchanged'
        (Import-OrchestratorConnector ([System.Management.Automation.WildcardPattern]::Escape($file))).Action | Should -Be 'Unchanged'
    }

    It 'is refused where it is none of files' {
        { Export-OrchestratorConnector env:connectors } | Should -Throw -ErrorId 'FilePathInvalid,*'
        { Import-OrchestratorConnector env:PATH } | Should -Throw -ErrorId 'FilePathInvalid,*'
        { Export-OrchestratorConnector nodrive:/x.json } | Should -Throw -ErrorId 'DriveNotFound,*'
    }

    It 'is written over unless -NoClobber says no' {
        $file = Join-Path $folder 'connectors.json'
        'old' | Set-Content -LiteralPath $file
        { Export-OrchestratorConnector $file -NoClobber } | Should -Throw -ErrorId 'OutputExists,*'
        Get-Content -LiteralPath $file | Should -Be 'old'
        Export-OrchestratorConnector $file
        Get-Content -LiteralPath $file -TotalCount 1 | Should -Be '{'
    }
}
