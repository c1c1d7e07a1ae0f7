# The life of a connector, with a real server at the other end: registered, tested, synchronized, changed, removed.

BeforeAll {
    . (Join-Path $PSScriptRoot 'Common.ps1')
    Import-TestedModule
    $shared = Get-SharedServer
}

Describe 'A connector to <Protocol>' -ForEach @(
    @{ Protocol = 'Atom'; Address = 'Atom' }
    @{ Protocol = 'WebApi'; Address = 'WebApi' }
    @{ Protocol = 'WebApi'; Address = 'Base' }
) {
    BeforeAll {
        $null = New-TestStore
        $url = $shared.$Address
    }

    It 'is tested, finds out the generation, and is registered' {
        $connector = New-OrchestratorConnector -Name Production -ServiceUrl $url -Description 'The first' -WebConsoleUrl "$($shared.Base)/"
        "$($connector.Protocol)" | Should -Be $Protocol
        "$($connector.Status)" | Should -Be 'NeverRun'
        $connector.Enabled | Should -BeTrue
        $connector.Folder | Should -Be '\'
        $connector.RunAsAccount | Should -BeNullOrEmpty
        $connector.RunbookCount | Should -Be 0
        $connector.NextRunTime | Should -BeGreaterThan (Get-Date)
        $connector.NextRunTime.Kind | Should -Be 'Local'
    }

    It 'is tested step by step' {
        $result = Test-OrchestratorConnector Production
        $result.Success | Should -BeTrue
        $result.Message | Should -Be 'The connection to the server was successful.'
        "$($result.Protocol)" | Should -Be $Protocol
        @($result.Checks).Count | Should -Be 9
        ($result.Checks | Where-Object { "$($_.Outcome)" -eq 'Skipped' }).Name | Should -Be 'TLS'
    }

    It 'shows first what a synchronization would do, and does nothing' {
        $preview = (Invoke-InRunspace 'Sync-OrchestratorConnector Production -WhatIf').Output
        $preview.WhatIf | Should -BeTrue
        $preview.Added | Should -Be 120
        @($preview.Changes).Count | Should -Be 120
        Get-SMRunbook | Should -BeNullOrEmpty
        Get-OrchestratorConnectorHistory | Should -BeNullOrEmpty
        "$((Get-OrchestratorConnector).Status)" | Should -Be 'NeverRun'
    }

    It 'is synchronized' {
        $result = Sync-OrchestratorConnector Production
        "$($result.Status)" | Should -Be 'FinishedSuccess'
        $result.Total | Should -Be 120
        $result.Added | Should -Be 120
        $result.Changed + $result.Unchanged + $result.Missing + $result.Returned | Should -Be 0
        $result.Requests | Should -BeLessOrEqual 5
        $result.Bytes | Should -BeGreaterThan 10000
        $result.Error | Should -BeNullOrEmpty
        $result.WhatIf | Should -BeFalse
        $result.StartTime.Kind | Should -Be 'Local'
        @($result.Changes).Count | Should -Be 120
        $connector = Get-OrchestratorConnector Production
        "$($connector.Status)" | Should -Be 'FinishedSuccess'
        $connector.RunbookCount | Should -Be 120
        $connector.PercentComplete | Should -Be 100
        $connector.LastSuccessTime | Should -Be $connector.LastFinishTime
    }

    It 'has the runbooks in the library, with parameters and console' {
        $runbooks = Get-SMRunbook
        @($runbooks).Count | Should -Be 120
        foreach ($runbook in $runbooks) {
            @($runbook.Parameters).Count | Should -Be 4
            $runbook.Path | Should -BeLike '\*'
            $runbook.Path.EndsWith('\' + $runbook.Name) | Should -BeTrue
            $runbook.Connector | Should -Be 'Production'
            "$($runbook.Status)" | Should -Be 'Active'
            $runbook.StatePath | Should -Be $env:ORCHESTRATOR_CONNECTOR_STATE
        }
        $one = Get-SMRunbook 'Move Mailbox'
        $one.Folder | Should -Be '\Exchange'
        $one.CreationTime.Kind | Should -Be 'Local'
        "$($one.ConsoleUrl)" | Should -BeLike "$($shared.Base)*"
        ($one.Parameters | ForEach-Object { "$($_.Direction)" }) | Should -Be @('In', 'In', 'In', 'Out')
    }

    It 'finds nothing new the second time' {
        $result = Sync-OrchestratorConnector Production
        $result.Unchanged | Should -Be 120
        $result.Added + $result.Changed + $result.Missing + $result.Returned | Should -Be 0
        @($result.Changes).Count | Should -Be 0
    }

    It 'has a history, newest first' {
        $history = Get-OrchestratorConnectorHistory Production
        @($history).Count | Should -Be 2
        $history[0].Unchanged | Should -Be 120
        $history[1].Added | Should -Be 120
        @($history[1].Changes).Count | Should -Be 120
        @(Get-OrchestratorConnectorHistory -Last 1).Count | Should -Be 1
    }

    It 'lists the folders of its server' {
        @(Get-OrchestratorFolder Production).Count | Should -Be 8
        @(Get-OrchestratorFolder Production -Recurse).Count | Should -Be 8
        (Get-OrchestratorFolder Production | Where-Object Path -EQ '\Exchange').Name | Should -Be 'Exchange'
        Get-OrchestratorFolder Production -Path '\Exchange' | Should -BeNullOrEmpty
        @(Get-OrchestratorFolder -ServiceUrl $url).Count | Should -Be 8
    }

    It 'is given another name and keeps its runbooks' {
        Set-OrchestratorConnector Production -NewName Renamed
        (Get-OrchestratorConnector).Name | Should -Be 'Renamed'
        @(Get-SMRunbook -Connector Renamed).Count | Should -Be 120
        $problem = Get-ErrorOf { Get-SMRunbook -Connector Production }
        $problem.FullyQualifiedErrorId | Should -BeLike 'ConnectorNotFound,*'
    }

    It 'is given another folder, with a warning of what that means, and marks the rest as missing' {
        $warnings = $null
        Set-OrchestratorConnector Renamed -Folder '\Exchange' -WarningVariable warnings -WarningAction SilentlyContinue
        "$warnings" | Should -BeLike "*missing*'\Exchange'*"
        $result = Sync-OrchestratorConnector Renamed
        $result.Total | Should -BeLessThan 120
        $result.Missing | Should -Be (120 - $result.Total)
        @(Get-SMRunbook).Count | Should -Be 120
        @(Get-SMRunbook -Status Active).Count | Should -Be $result.Total
        (Get-SMRunbook -Status Active).Folder | Select-Object -Unique | Should -Be '\Exchange'
        $gone = Get-SMRunbook -Status Missing | Select-Object -First 1
        $gone.StatusReason | Should -Not -BeNullOrEmpty
        $gone.LastSeenTime | Should -BeLessThan (Get-OrchestratorConnector).LastStartTime
    }

    It 'takes them up again when the folder comes back' {
        Set-OrchestratorConnector Renamed -Folder '\' -WarningAction Ignore
        $result = Sync-OrchestratorConnector Renamed
        $result.Returned | Should -BeGreaterThan 0
        $result.Added | Should -Be 0
        @(Get-SMRunbook -Status Active).Count | Should -Be 120
    }

    It 'is disabled and enabled' {
        Disable-OrchestratorConnector Renamed
        (Get-OrchestratorConnector).Enabled | Should -BeFalse
        (Get-OrchestratorConnector).NextRunTime | Should -BeNullOrEmpty
        Enable-OrchestratorConnector Renamed
        (Get-OrchestratorConnector).Enabled | Should -BeTrue
    }

    It 'is removed with its runbooks, and the history stays' {
        Remove-OrchestratorConnector Renamed -Confirm:$false
        Get-OrchestratorConnector | Should -BeNullOrEmpty
        Get-SMRunbook | Should -BeNullOrEmpty
        @(Get-OrchestratorConnectorHistory).Count | Should -Be 4
    }
}

Describe 'A source that changes' {
    BeforeAll {
        $null = New-TestStore
        # The same source, larger or smaller, at the same address: the first runbooks are always the same.
        function Start-Source {
            param([int] $Runbooks, [string[]] $More = @())
            Stop-TestServer $current.Server
            $current.Server = Start-TestServer -Port $current.Port -Arguments (@('--runbooks', "$Runbooks", '--folders', '4') + $More)
            $current.Port = $current.Server.Port
            $current.Server
        }
        $current = @{ Server = $null; Port = 0 }
        $source = Start-Source -Runbooks 20
        $null = New-OrchestratorConnector -Name A -ServiceUrl $source.Atom
        $null = New-OrchestratorConnector -Name W -ServiceUrl $source.WebApi -WarningAction Ignore
        $null = Sync-OrchestratorConnector *
    }

    AfterAll {
        Stop-TestServer $current.Server
    }

    It 'is reported by -WhatIf and then imported' {
        $null = Start-Source -Runbooks 23
        $previews = (Invoke-InRunspace 'Sync-OrchestratorConnector * -WhatIf').Output
        $results = Sync-OrchestratorConnector *
        foreach ($result in @($previews) + @($results)) {
            $result.Total | Should -Be 23
            $result.Added | Should -Be 3
            $result.Unchanged | Should -Be 20
            ($result.Changes.Change | ForEach-Object { "$_" }) | Should -Be @('Added', 'Added', 'Added')
        }
        $previews[0].Changes.Path | Should -Be $results[0].Changes.Path
    }

    It 'that lost runbooks leaves them in the library as missing' {
        $null = Start-Source -Runbooks 18
        foreach ($result in Sync-OrchestratorConnector *) {
            $result.Total | Should -Be 18
            $result.Missing | Should -Be 5
        }
        @(Get-SMRunbook -Connector A).Count | Should -Be 23
        @(Get-SMRunbook -Connector A -Status Missing).Count | Should -Be 5
    }

    It 'that answers with nothing at all is not believed, unless -Force is given' {
        $null = Start-Source -Runbooks 0
        $problem = Get-ErrorOf { Sync-OrchestratorConnector A }
        $problem.FullyQualifiedErrorId | Should -Be 'EmptyAnswerSuspicious,OrchestratorConnector.Commands.SyncOrchestratorConnectorCommand'
        $problem.Exception.Hint | Should -BeLike '*-Force*'
        @(Get-SMRunbook -Connector A -Status Active).Count | Should -Be 18
        (Sync-OrchestratorConnector A -Force).Missing | Should -Be 18
        Get-SMRunbook -Connector A -Status Active | Should -BeNullOrEmpty
    }

    It 'that is back is as before' {
        $null = Start-Source -Runbooks 23
        (Sync-OrchestratorConnector A).Returned | Should -Be 23
        (Sync-OrchestratorConnector W).Returned | Should -Be 5
        @(Get-SMRunbook -Status Active).Count | Should -Be 46
    }

    It 'that cannot be read leaves the library as it was' {
        $before = Get-SMRunbook | Format-List -Property * | Out-String
        foreach ($fault in 'cut', 'malformed', 'html') {
            $null = Start-Source -Runbooks 20 -More '--page-size', '5', '--fault', $fault
            $problem = Get-ErrorOf { Sync-OrchestratorConnector A }
            $problem | Should -Not -BeNullOrEmpty -Because $fault
            $problem.FullyQualifiedErrorId | Should -Match '^Response\w+,' -Because $fault
            "$((Get-OrchestratorConnector A).Status)" | Should -Be 'FinishedWithError'
            Get-SMRunbook | Format-List -Property * | Out-String | Should -BeExactly $before
        }
    }
}

Describe 'A connector that comes through the pipeline to Set-' {
    BeforeEach {
        $null = New-TestStore
        $null = New-OrchestratorRunAsAccount -Name Service -Credential (New-TestCredential 'svc' 'x')
        $null = New-OrchestratorConnector -Name A -ServiceUrl $shared.Atom -Folder '\Exchange' -RunAsAccount Service -Description 'Words'
    }

    It 'is given another address of the other generation, which is found out again' {
        Get-OrchestratorConnector A | Set-OrchestratorConnector -ServiceUrl $shared.WebApi -WarningAction Ignore
        $connector = Get-OrchestratorConnector A
        "$($connector.ServiceUrl)" | Should -Be $shared.WebApi
        "$($connector.Protocol)" | Should -Be 'WebApi'
        $connector.Folder | Should -Be '\Exchange'
        $connector.RunAsAccount | Should -Be 'Service'
        $connector.Description | Should -Be 'Words'
    }

    It 'is given a credential in place of its account' {
        Get-OrchestratorConnector A | Set-OrchestratorConnector -Credential (New-TestCredential 'other' 'x')
        (Get-OrchestratorConnector A).RunAsAccount | Should -Be 'A'
        (Get-OrchestratorRunAsAccount A).UserName | Should -Be 'other'
        (Get-OrchestratorRunAsAccount Service).UserName | Should -Be 'svc'
    }

    It 'keeps what another process changed meanwhile' {
        $old = Get-OrchestratorConnector A
        Set-OrchestratorConnector A -Folder '\' -TimeoutSeconds 7 -WarningAction Ignore
        $old | Set-OrchestratorConnector -Description 'New words' -WarningAction Ignore
        $connector = Get-OrchestratorConnector A
        $connector.Description | Should -Be 'New words'
        $connector.TimeoutSeconds | Should -Be 7
        $connector.Folder | Should -Be '\'
    }
}

Describe 'Removal' {
    BeforeEach {
        $null = New-TestStore
        $null = New-OrchestratorConnector -Name A -ServiceUrl $shared.Atom -Folder '\Exchange'
        $count = (Sync-OrchestratorConnector A).Total
    }

    It 'with -KeepRunbook keeps the runbooks as PendingDelete' {
        Remove-OrchestratorConnector A -KeepRunbook -Confirm:$false
        Get-OrchestratorConnector | Should -BeNullOrEmpty
        @(Get-SMRunbook -Status PendingDelete).Count | Should -Be $count
        @(Get-SMRunbook -Connector A).Count | Should -Be $count
    }

    It 'with -KeepRunbook, and then once more without, takes the runbooks too' {
        Remove-OrchestratorConnector A -KeepRunbook -Confirm:$false
        Remove-OrchestratorConnector A -Confirm:$false
        Get-SMRunbook | Should -BeNullOrEmpty
        $problem = Get-ErrorOf { Remove-OrchestratorConnector A -Confirm:$false }
        $problem.FullyQualifiedErrorId | Should -BeLike 'ConnectorNotFound,*'
    }

    It 'with -KeepRunbook lets a new connector of the name take them up' {
        $ids = (Get-SMRunbook).Id
        Remove-OrchestratorConnector A -KeepRunbook -Confirm:$false
        $null = New-OrchestratorConnector -Name A -ServiceUrl $shared.WebApi -Folder '\Exchange'
        (Sync-OrchestratorConnector A).Added | Should -Be 0
        (Get-SMRunbook -Status Active).Id | Should -Be $ids
    }

    It 'by the pipeline removes each' {
        $null = New-OrchestratorConnector -Name B -ServiceUrl http://b.invalid -SkipTest
        Get-OrchestratorConnector | Remove-OrchestratorConnector -Confirm:$false
        Get-OrchestratorConnector | Should -BeNullOrEmpty
    }
}

Describe 'Choosing runbooks' {
    BeforeAll {
        $null = New-TestStore
        $null = New-OrchestratorConnector -Name A -ServiceUrl $shared.Atom
        $null = New-OrchestratorConnector -Name E -ServiceUrl $shared.WebApi -Folder '\Exchange' -WarningVariable overlap -WarningAction SilentlyContinue
        $null = Sync-OrchestratorConnector *
    }

    It 'warned that two connectors cover the same folder' {
        "$overlap" | Should -BeLike "*'A'*twice*"
    }

    It 'by name, wildcard, path, folder, id and connector' {
        @(Get-SMRunbook 'move mailbox').Count | Should -Be 2
        (Get-SMRunbook 'move*' -Connector E).Name | Should -Be @('Move Mailbox', 'Move Password', 'Move Password 2', 'Move R&D Share')
        @(Get-SMRunbook -Path '\exchange\move mailbox').Count | Should -Be 2
        @(Get-SMRunbook -Path '\Exchange\Move*' -Connector A).Count | Should -Be 4
        $inFolder = @(Get-SMRunbook -Folder '\Exchange' -Connector A).Count
        @(Get-SMRunbook -Connector E).Count | Should -Be $inFolder
        @(Get-SMRunbook -Folder 'Exchange/' -Connector A).Count | Should -Be $inFolder
        $id = (Get-SMRunbook 'Move Mailbox' -Connector E).Id
        @(Get-SMRunbook -Id $id).Count | Should -Be 2
        @(Get-SMRunbook -Id "$id" -Connector A).Count | Should -Be 1
    }

    It 'by the pipeline: connectors, names, runbooks, folders' {
        $ofE = @(Get-SMRunbook -Connector E).Count
        @(Get-OrchestratorConnector E | Get-SMRunbook).Count | Should -Be $ofE
        @(Get-OrchestratorConnector E | Get-SMRunbook 'Move*').Count | Should -Be 4
        @([pscustomobject]@{ Name = 'Move Mailbox' } | Get-SMRunbook).Count | Should -Be 2
        $one = Get-SMRunbook 'Move Mailbox' -Connector E
        ($one | Get-SMRunbook).Connector | Should -Be 'E'
    }

    It 'whose name holds brackets and other signs, by its escaped name' {
        $name = (Get-SMRunbook -Connector A | Where-Object Name -Like '*<open>*' | Select-Object -First 1).Name
        (Get-SMRunbook ([wildcardpattern]::Escape($name)) -Connector A)[0].Name | Should -Be $name
    }

    It 'synchronizes by wildcard and by due time' {
        @(Sync-OrchestratorConnector *).Count | Should -Be 2
        Set-OrchestratorConnector A -Every 00:01:00
        Sync-OrchestratorConnector -Due | Should -BeNullOrEmpty
        $null = New-OrchestratorConnector -Name Soon -ServiceUrl $shared.WebApi -Folder '\Exchange' -Every 00:01:00 -WarningAction Ignore
        (Sync-OrchestratorConnector -Due).Connector | Should -Be 'Soon'
    }
}
